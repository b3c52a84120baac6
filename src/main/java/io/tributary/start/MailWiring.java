package io.tributary.start;

import io.tributary.email.AttachedTables;
import io.tributary.email.EmailDoorway;
import io.tributary.email.MailReplayReader;
import io.tributary.email.MailboxIntake;
import io.tributary.imports.FileImports;
import io.tributary.ingest.GroupCommit;
import io.tributary.ingest.Mappings;
import org.apache.camel.spi.Registry;

/** Everything that takes mails. */
final class MailWiring {
    private MailWiring() {}

    static void bindTo(Registry registry, Mappings mappings, GroupCommit groupCommit) {
        AttachedTables tables = new AttachedTables(registry.findSingleByType(FileImports.class));
        mappings.replayWith("email", new MailReplayReader(mappings));
        EmailDoorway doorway = new EmailDoorway(mappings, groupCommit, tables);
        registry.bind("emailDoorway", doorway);
        registry.bind("mailboxIntake", new MailboxIntake(doorway, registry));
    }
}
