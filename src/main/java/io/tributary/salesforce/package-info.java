/** What is particular to Salesforce: outbound messages as they are read and answered. Pure. */
@NullMarked
package io.tributary.salesforce;

import org.jspecify.annotations.NullMarked;
