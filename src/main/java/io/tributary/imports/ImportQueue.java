package io.tributary.imports;

import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files this hub has to take, by workspace. A workspace is called when it has something to take, and has one file
 * worked on at a time; its files take turns, and so do the workspaces.
 */
public final class ImportQueue {
    /** So many files of a workspace are gone through side by side; the others wait unopened. */
    private static final int SIDE_BY_SIDE = 4;

    /** A workspace with so many files waiting takes no upload more. */
    private static final int MOST_WAITING = 500;

    private final Map<WorkspaceId, Deque<QueuedImport>> waiting = new LinkedHashMap<>();
    private final Map<String, QueuedImport> known = new HashMap<>();
    private final Set<WorkspaceId> called = new HashSet<>();

    /** Queues a file behind those of its workspace; one that is queued already stays where it is, and is given back. */
    public synchronized QueuedImport add(QueuedImport file) {
        QueuedImport same = known.putIfAbsent(file.key(), file);
        if (same == null) {
            waiting.computeIfAbsent(file.workspace(), workspace -> new ArrayDeque<>())
                    .add(file);
        }
        return same == null ? file : same;
    }

    /** Whether the workspace has as many files waiting as it may have. */
    public synchronized boolean isFull(WorkspaceId workspace) {
        Deque<QueuedImport> files = waiting.get(workspace);
        return files != null && files.size() >= MOST_WAITING;
    }

    public synchronized Optional<QueuedImport> find(String key) {
        return Optional.ofNullable(known.get(key));
    }

    /** The workspaces that have a file ready and are not called yet; from now on they are. */
    public synchronized List<WorkspaceId> due() {
        Instant now = Instant.now();
        List<WorkspaceId> due = new ArrayList<>();
        waiting.forEach((workspace, files) -> {
            if (!called.contains(workspace) && files.stream().anyMatch(file -> file.isReady(now))) {
                due.add(workspace);
            }
        });
        called.addAll(due);
        return due;
    }

    /** The file whose turn it is; null when none is ready any more. */
    public synchronized @Nullable QueuedImport next(WorkspaceId workspace) {
        Deque<QueuedImport> files = waiting.getOrDefault(workspace, new ArrayDeque<>());
        long open = files.stream().filter(QueuedImport::isOpen).count();
        Instant now = Instant.now();
        for (Iterator<QueuedImport> each = files.iterator(); each.hasNext(); ) {
            QueuedImport file = each.next();
            if (file.isReady(now) && (file.isOpen() || open < SIDE_BY_SIDE)) {
                each.remove();
                return file;
            }
        }
        return null;
    }

    /** Ends the turn of a workspace; {@code file} goes behind the others, null has ended. */
    public synchronized void turnEnded(WorkspaceId workspace, @Nullable QueuedImport file) {
        called.remove(workspace);
        Deque<QueuedImport> files = waiting.get(workspace);
        if (file != null) {
            waiting.computeIfAbsent(workspace, w -> new ArrayDeque<>()).add(file);
        } else if (files != null && files.isEmpty()) {
            waiting.remove(workspace);
        }
    }

    /** Forgets a file that has ended. */
    public synchronized void forget(QueuedImport file) {
        known.remove(file.key());
    }

    /** Every file that is queued or worked on. */
    public synchronized List<QueuedImport> all() {
        return new ArrayList<>(known.values());
    }
}
