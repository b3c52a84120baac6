/** What the pipeline holds, as it is read: deals, leads, imports, quarantine, metrics, feeds. Nothing here writes deals. */
@NullMarked
package io.tributary.pipeline;

import org.jspecify.annotations.NullMarked;
