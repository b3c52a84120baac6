package io.tributary.architecture.broken.mapping;

import java.util.logging.Logger;

/** Breaks the rules on purpose: a name without meaning that logs and prints past the logger. */
public final class DealHelper {

    public void help() {
        Logger.getLogger("deal").info("helping");
        System.out.println("helping");
    }
}
