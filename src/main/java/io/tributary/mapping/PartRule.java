package io.tributary.mapping;

import java.util.List;

/**
 * A named value that is no field of a deal but that fields are made of, or that is kept under one name.
 *
 * @param name its name in templates and in the metadata
 * @param from the names it goes by, best first
 * @param keep whether it is kept in the deal's metadata
 */
record PartRule(String name, List<String> from, boolean keep) {
    static final String FIRST_NAME = "first_name";
    static final String LAST_NAME = "last_name";
    static final String PHONE = "phone";
}
