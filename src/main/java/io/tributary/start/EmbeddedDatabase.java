package io.tributary.start;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL that comes with the hub: real binaries, durable, with its data in the hub's own folder. */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    /** After a crash the database first brings its files in order, which may take a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Unpacking takes a while, and between one program of PostgreSQL and the next none runs. */
    private static final int ABSENCES = 30;

    private static final Duration STOP = Duration.ofSeconds(20);

    private final EmbeddedPostgres postgres;
    private final Path binaries;

    private EmbeddedDatabase(EmbeddedPostgres postgres, Path binaries) {
        this.postgres = postgres;
        this.binaries = binaries;
    }

    /** Starts the database of {@code data}, which no other hub may be working on. */
    static EmbeddedDatabase start(Path data) throws IOException {
        Files.createDirectories(data);
        // The name of a process's program has no symbolic links in it.
        Path binaries = data.toRealPath().resolve("postgres-binaries");
        Path files = data.resolve("postgres");
        stopOrphans(binaries);
        // Its process is gone, whatever goes by that number now; PostgreSQL would take any such process for its own.
        Files.deleteIfExists(files.resolve("postmaster.pid"));
        Path log = data.resolve("postgres.log");
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(files)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(ProcessBuilder.Redirect.to(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setPGStartupWait(PATIENCE)
                .setLocaleConfig("locale", "C.UTF-8")
                // The launcher turns fsync off for speed in tests; here a commit must survive a power cut.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "250")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("listen_addresses", "localhost")
                // A socket file would be left behind in /tmp by every crash.
                .setServerConfig("unix_socket_directories", "");
        return new EmbeddedDatabase(launch(builder, binaries, log), binaries);
    }

    String url() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    /** The launcher would wait to the end of its patience for a database that has ended already. */
    private static EmbeddedPostgres launch(EmbeddedPostgres.Builder builder, Path binaries, Path log)
            throws IOException {
        FutureTask<EmbeddedPostgres> start = new FutureTask<>(builder::start);
        Thread launcher = new Thread(start, "database-start");
        launcher.setDaemon(true);
        launcher.start();
        int absent = 0;
        try {
            while (true) {
                try {
                    return start.get(500, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    absent = processes(binaries).isEmpty() ? absent + 1 : 0;
                    if (absent > ABSENCES) {
                        throw new IOException("PostgreSQL does not start; " + log + " says why");
                    }
                }
            }
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("starting the database", interrupted);
        }
    }

    /**
     * A hub that was killed leaves its database running, and a database that was killed its helpers; they are asked to
     * stop, so that one of ours owns the files. They are known by the program they run, which only this hub's run.
     */
    private static void stopOrphans(Path binaries) throws IOException {
        List<ProcessHandle> orphans = processes(binaries);
        if (orphans.isEmpty()) {
            return;
        }
        LOG.info("Stopping the database that an earlier run left behind");
        Set<Long> own = orphans.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        for (ProcessHandle orphan : orphans) {
            if (orphan.parent().filter(parent -> own.contains(parent.pid())).isEmpty()) {
                stopNow(orphan);
            }
        }
        if (!ended(binaries, STOP)) {
            processes(binaries).forEach(ProcessHandle::destroyForcibly);
            if (!ended(binaries, STOP)) {
                throw new IOException("the database of an earlier run does not stop");
            }
        }
    }

    /** Ends open sessions too, which the signal that Java can send would wait for. */
    private static void stopNow(ProcessHandle postmaster) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            postmaster.destroy();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<ProcessHandle> processes(Path binaries) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> Path.of(command).startsWith(binaries))
                        .isPresent())
                .toList();
    }

    private static boolean ended(Path binaries, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (List<ProcessHandle> left = processes(binaries); !left.isEmpty(); left = processes(binaries)) {
            try {
                left.get(0).onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException stillThere) {
                return false;
            } catch (ExecutionException failed) {
                throw new IOException("waiting for the database to stop", failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("waiting for the database to stop", interrupted);
            }
        }
        return true;
    }

    /** Stops the database and waits until it has written everything, for longer than the launcher does. */
    @Override
    public void close() throws IOException {
        postgres.close();
        if (!ended(binaries, STOP)) {
            LOG.warn("The database is still writing; it ends by itself");
        }
    }
}
