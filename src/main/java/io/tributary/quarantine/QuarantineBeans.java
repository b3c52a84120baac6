package io.tributary.quarantine;

import io.tributary.ingest.Mappings;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.TenantSettingsStore;
import java.nio.file.Path;

/**
 * What routes find of the quarantine.
 *
 * @param records lists and shows it
 * @param table writes it as CSV
 * @param replays has records tried again
 */
public record QuarantineBeans(RejectedRecords records, RejectedTable table, Replays replays) {

    /**
     * Makes them all.
     *
     * @param folder for files that live as long as an answer is sent
     */
    public static QuarantineBeans of(
            TenantDatabase database, TenantSettingsStore settings, Mappings mappings, Path folder) {
        Quarantine quarantine = new Quarantine(database);
        Readers readers = new Readers(database, settings, mappings);
        return new QuarantineBeans(
                new RejectedRecords(database, settings, quarantine, readers),
                new RejectedTable(quarantine, readers, folder),
                new Replays(quarantine, readers));
    }
}
