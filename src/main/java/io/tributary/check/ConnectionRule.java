package io.tributary.check;

import io.tributary.connection.ConnectionKind;
import io.tributary.connection.ConnectionKinds;
import io.tributary.connection.WrittenConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Connections made by file: the parameters of their kind, for one workspace, with secrets kept outside. */
final class ConnectionRule {
    private final ConnectionKinds kinds = ConnectionKinds.installed();

    /** The kind of connection that a {@code templatedRoute} makes; empty when it makes a route of another template. */
    Optional<ConnectionKind> kindOf(YamlValue templatedRoute) {
        return kinds.find(templatedRoute.textAt("routeTemplateRef"));
    }

    void check(YamlValue templatedRoute, ConnectionKind kind, SourceFile file, Findings findings) {
        Map<String, String> written = new LinkedHashMap<>();
        Map<String, YamlValue> places = new LinkedHashMap<>();
        for (YamlValue parameter : templatedRoute.itemsAt("parameters")) {
            written.put(parameter.textAt("name"), parameter.textAt("value"));
            places.put(parameter.textAt("name"), parameter);
        }
        for (WrittenConnection.Wrong wrong : new WrittenConnection(kind, written).faults()) {
            YamlValue place = places.get(wrong.parameter());
            int line = place == null ? templatedRoute.line() : place.lineOf("value");
            findings.wrong(file, line, wrong.problem(), wrong.mend());
        }
    }
}
