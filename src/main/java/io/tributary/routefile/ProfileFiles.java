package io.tributary.routefile;

import io.tributary.health.HealthFile;
import io.tributary.health.HealthFileException;
import io.tributary.health.HealthProfile;
import io.tributary.health.HealthProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts one's own health profiles in force, beside the built-in ones. */
final class ProfileFiles {
    private static final String PROFILE = ".health.yaml";

    private ProfileFiles() {}

    /** From now on tenants may choose the profiles among these files, and no other than those and the built-in ones. */
    static void putInForce(Map<String, String> own) {
        List<HealthProfile> profiles = new ArrayList<>();
        own.forEach((name, text) -> {
            if (name.endsWith(PROFILE)) {
                try {
                    profiles.add(HealthFile.parse(text));
                } catch (HealthFileException checkedBefore) {
                    throw new IllegalStateException("reading " + name, checkedBefore);
                }
            }
        });
        HealthProfiles.putOwn(profiles);
    }
}
