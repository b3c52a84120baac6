package io.tributary.openapi;

import java.util.Locale;

/**
 * A method of a path, as a route takes it.
 *
 * @param path with its parameters in braces
 * @param method in lower case
 * @param summary what it does, in one line
 */
record ApiOperation(String path, String method, String summary) {
    ApiOperation {
        method = method.toLowerCase(Locale.ROOT);
    }
}
