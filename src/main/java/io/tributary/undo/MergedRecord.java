package io.tributary.undo;

import io.tributary.ingest.StoredRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that came in for a deal while another one was merged into it.
 *
 * @param number the workspace's record number after the batch it came in
 * @param externalKey {@code system:id} of the record, when it has one
 * @param matchKey its name and company, folded
 */
record MergedRecord(
        long number,
        int place,
        @Nullable String externalKey,
        @Nullable UUID matchKey,
        StoredRecord record) {
    static MergedRecord of(ResultSet row, int rowNumber) throws SQLException {
        return new MergedRecord(
                row.getLong("record_number"),
                row.getInt("place"),
                row.getString("external_key"),
                row.getObject("match_key", UUID.class),
                StoredRecord.read(row.getString("record")));
    }
}
