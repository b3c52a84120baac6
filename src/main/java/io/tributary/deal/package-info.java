/** What a deal is made of: its fields, stages and money. Pure values, no Camel, no database. */
@NullMarked
package io.tributary.deal;

import org.jspecify.annotations.NullMarked;
