package io.tributary.check;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** {@code ./run check [DIR]}: tells every fault in the built-in files and in a folder of one's own. */
public final class Check {

    private static final int CLEAN = 0;
    private static final int FAULTY = 1;
    private static final int MISUSED = 2;

    private Check() {}

    public static void main(String[] arguments) throws IOException {
        // The level is the process's, not the check's: whoever checks in a process of their own goes on to log.
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.ERROR);
        }
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) throws IOException {
        if (arguments.length > 1) {
            err.println("usage: ./run check [DIR]");
            return MISUSED;
        }
        Path folder = near(Path.of(
                arguments.length == 1 ? arguments[0] : System.getenv().getOrDefault("TRIBUTARY_ROUTES", "routes")));
        if (arguments.length == 1 && !Files.isDirectory(folder)) {
            err.println("There is no folder " + folder + " to check.");
            return MISUSED;
        }
        List<SourceFile> files = new ArrayList<>(SourceFiles.builtIn());
        if (Files.isDirectory(folder)) {
            files.addAll(SourceFiles.in(folder, false));
        }
        Report report = new RouteCheck().check(files);
        report.warnings().forEach(warning -> out.println("warning: " + warning));
        report.faults().forEach(out::println);
        out.println(summary(report));
        return report.clean() ? CLEAN : FAULTY;
    }

    /** The folder as seen from here, so that the lines printed are short and can be clicked. */
    private static Path near(Path folder) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = folder.toAbsolutePath().normalize();
        return whole.startsWith(here) && !whole.equals(here) ? here.relativize(whole) : folder;
    }

    private static String summary(Report report) {
        return counted(report.files(), "file") + ", " + counted(report.faults().size(), "fault") + ", "
                + counted(report.warnings().size(), "warning") + ".";
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
