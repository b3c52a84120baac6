package io.tributary.routefile;

import io.tributary.answer.Answer;
import io.tributary.check.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the hub's operator what became of each own file. */
public final class RouteFileList {
    private final RouteFiles files;

    public RouteFileList(RouteFiles files) {
        this.files = files;
    }

    /** Every own file, by name. */
    public Answer list() {
        List<Map<String, @Nullable Object>> items =
                files.states().stream().map(RouteFileList::view).toList();
        return Answer.list(items, null);
    }

    private static Map<String, @Nullable Object> view(FileState file) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("file", file.file());
        view.put("state", file.state().name().toLowerCase(Locale.ROOT));
        view.put("replaces", file.replaces());
        view.put("faults", file.faults().stream().map(RouteFileList::view).toList());
        return view;
    }

    private static Map<String, @Nullable Object> view(Fault fault) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("file", fault.file());
        view.put("line", fault.line());
        view.put("problem", fault.problem());
        view.put("mend", fault.mend());
        return view;
    }
}
