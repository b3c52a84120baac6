package io.tributary.start;

import io.tributary.check.SourceFile;
import io.tributary.check.SourceFiles;
import io.tributary.connection.ConnectionKinds;
import io.tributary.http.PathChanges;
import io.tributary.ingest.FetchedRecords;
import io.tributary.ingest.Mappings;
import io.tributary.routefile.MappingFiles;
import io.tributary.routefile.RouteFileList;
import io.tributary.routefile.RouteFiles;
import io.tributary.tenant.Tenants;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The integration team's own files. */
final class RouteFileWiring {
    private final RouteFiles files;
    private final Set<String> replaced;
    private final PathChanges changes;

    private RouteFileWiring(RouteFiles files, Set<String> replaced, PathChanges changes) {
        this.files = files;
        this.replaced = replaced;
        this.changes = changes;
    }

    static RouteFileWiring bind(Main main, Settings settings, Mappings mappings, Tenants tenants) throws IOException {
        List<SourceFile> builtIn = SourceFiles.builtIn();
        ConnectionKinds kinds = ConnectionKinds.installed();
        PathChanges changes = new PathChanges();
        RouteFiles files = new RouteFiles(
                settings.routes(),
                builtIn,
                new MappingFiles(builtIn, mappings::putAll),
                changes,
                name -> kinds.find(name).isPresent());
        main.bind("pathChanges", changes);
        main.bind("routeFiles", files);
        main.bind("fetchedRecords", new FetchedRecords(mappings, tenants));
        main.bind("routeFileList", new RouteFileList(files));
        // Until own files are in force, their paths are not known.
        changes.begin();
        return new RouteFileWiring(files, files.prepare(), changes);
    }

    RouteFiles files() {
        return files;
    }

    /** The built-in route files whose place an own one takes. */
    Set<String> replaced() {
        return replaced;
    }

    void start(CamelContext context) {
        try {
            files.start(context);
        } finally {
            changes.end();
        }
    }
}
