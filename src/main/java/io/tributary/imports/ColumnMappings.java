package io.tributary.imports;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.http.Call;
import io.tributary.ingest.ColumnMemory;
import java.util.UUID;

/** What a workspace remembers of its files' columns, as it is read and forgotten. */
public final class ColumnMappings {
    private final ColumnMemory memory;

    public ColumnMappings(ColumnMemory memory) {
        this.memory = memory;
    }

    /** Everything remembered, newest first. */
    public Answer list(Call call) {
        return Answer.list(
                memory.all(call.workspace()).stream()
                        .map(ColumnMemory.Remembered::view)
                        .toList(),
                null);
    }

    /** Forgets one; the next file with its headers is understood by their names again. */
    public Answer forget(Call call) {
        UUID id = call.idAt(2);
        if (!memory.forget(call.workspace(), id)) {
            throw ApiException.notFound();
        }
        return Answer.empty(204);
    }
}
