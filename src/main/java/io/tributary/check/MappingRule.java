package io.tributary.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a source's mapping, and runs the cases written beside it. */
interface MappingRule {

    /** What is wrong in a mapping file. */
    List<Fault> check(SourceFile mapping);

    /**
     * Which cases do not come out as they say.
     *
     * @param mapping the file that they are about; null when there is none of that name
     */
    List<Fault> checkCases(SourceFile cases, @Nullable SourceFile mapping);
}
