package io.tributary.email;

import io.tributary.answer.ApiException;
import io.tributary.imports.FileImports;
import io.tributary.ingest.Outcome;
import io.tributary.ingest.Sender;
import io.tributary.mail.Attachment;
import io.tributary.tenant.WorkspaceId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the tables that came with a mail over to the importer, each as an import of its own. */
public final class AttachedTables {
    private static final Logger LOG = LoggerFactory.getLogger(AttachedTables.class);
    private static final int MOST = 20;

    private final FileImports files;

    public AttachedTables(FileImports files) {
        this.files = files;
    }

    /**
     * Imports the tables of a mail that was taken, and adds the imports to its answer. A mail that comes again brings them
     * again, in case they were lost between the two commits: rows that are known change nothing.
     */
    Outcome imported(WorkspaceId workspace, Sender sender, MailContent mail, Outcome outcome) {
        List<Attachment> tables = MailRecord.attachments(mail.lead()).stream()
                .filter(Attachment::isTable)
                .limit(MOST)
                .toList();
        if (tables.isEmpty() || outcome.status() >= 300) {
            return outcome;
        }
        List<Map<String, @Nullable Object>> imports = new ArrayList<>();
        for (Attachment table : tables) {
            imports.add(entered(workspace, sender, table));
        }
        return outcome.with("imports", imports);
    }

    private Map<String, @Nullable Object> entered(WorkspaceId workspace, Sender sender, Attachment table) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", table.name());
        try {
            entry.put(
                    "import_id",
                    files.accept(
                                    workspace,
                                    sender.actor(),
                                    table.name() == null ? "attachment.csv" : table.name(),
                                    new ByteArrayInputStream(table.content()))
                            .toString());
        } catch (ApiException refusal) {
            if (refusal.status() != 422) {
                throw refusal;
            }
            LOG.warn("An attached table of {} cannot be read: {}", workspace, refusal.getMessage());
            entry.put("error", refusal.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("keeping an attached table", e);
        }
        return entry;
    }
}
