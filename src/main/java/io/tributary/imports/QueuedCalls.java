package io.tributary.imports;

import io.tributary.answer.ApiException;
import io.tributary.deal.OrderedId;
import io.tributary.http.Call;
import io.tributary.imports.FileImports.Admitted;
import io.tributary.ingest.BulkDoorway;
import io.tributary.ingest.Doorway;
import io.tributary.ingest.IdempotencyClaim;
import io.tributary.ingest.ImportJob;
import io.tributary.ingest.Imports;
import io.tributary.ingest.Sender;
import io.tributary.tenant.WorkspaceId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The door for bulk calls whose senders do not want to wait: they are kept and taken in turns, as files are. */
public final class QueuedCalls {
    private static final int BUSY_SECONDS = 30;

    private final Spool spool;
    private final BulkDoorway bulk;
    private final Imports imports;
    private final ImportQueue queue;
    private final KeptImports kept;

    public QueuedCalls(Spool spool, BulkDoorway bulk, Imports imports, ImportQueue queue, KeptImports kept) {
        this.spool = spool;
        this.bulk = bulk;
        this.imports = imports;
        this.queue = queue;
        this.kept = kept;
    }

    /** Whether the call is to be answered before its records are taken. */
    public boolean areAskedFor(Call call) {
        return FileImports.prefersNotToWait(call);
    }

    /**
     * Lets a call in; it is taken when this returns, whatever happens now.
     *
     * @param lines its body where that is a record a line; null where the call holds a JSON body
     * @throws ApiException 422 when the body holds no records; 429 when too many wait already
     */
    public Admitted admit(Call call, String source, @Nullable InputStream lines) throws IOException {
        WorkspaceId workspace = call.workspace();
        if (queue.isFull(workspace)) {
            throw ApiException.tooMany(BUSY_SECONDS);
        }
        IdempotencyClaim claim = lines == null ? Doorway.claim(call) : BulkDoorway.linesClaim(call, lines);
        UUID id = OrderedId.next();
        Path file = spool.keep(workspace.tenant(), id, out -> {
            if (lines == null) {
                bulk.write(call, out);
            } else {
                lines.transferTo(out);
            }
        });
        Sender sender = new Sender(call.caller().actor(), call.requestId(), false);
        ImportJob job = bulk.kept(id, workspace, source, sender, BulkDoorway.sent(call, lines != null), claim, file);
        try {
            imports.keep(job);
        } catch (RuntimeException e) {
            job.close();
            spool.release(workspace.tenant(), id);
            throw e;
        }
        return new Admitted(id, queue.add(kept.queued(job)), claim);
    }
}
