package io.tributary.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders that files can be put into, one a tenant. */
final class DropFolders {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolders.class);

    private final Path inbox;

    DropFolders(Path inbox) {
        this.inbox = inbox;
    }

    /** Makes the folder of a tenant; without it the tenant works all the same. */
    void make(String tenant) {
        try {
            Files.createDirectories(inbox.resolve(tenant));
        } catch (IOException e) {
            LOG.warn("The drop folder of tenant {} cannot be made, so make it by hand: {}", tenant, e.toString());
        }
    }
}
