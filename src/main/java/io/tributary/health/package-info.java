/** How healthy a deal is: named, versioned rule sets over recorded facts and the clock. Pure. */
@NullMarked
package io.tributary.health;

import org.jspecify.annotations.NullMarked;
