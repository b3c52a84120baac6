package io.tributary.mapping;

import java.util.List;
import java.util.Set;

/**
 * A system whose exports are recognised by their header.
 *
 * @param system the system's name, and so whose ids the records carry
 * @param signatures sets of folded headers; one set that is wholly present is enough
 * @param rules the mapping's rules with the export's own laid over
 */
record Export(String system, List<Set<String>> signatures, Rules rules) {

    /** Whether these folded headers are of this export. */
    boolean recognises(Set<String> headers) {
        return signatures.stream().anyMatch(headers::containsAll);
    }
}
