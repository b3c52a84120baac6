package io.tributary.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lets a test class name a {@link TestHub} and any number of {@link Tenant}s as parameters. All classes of a test run
 * share one hub and one PostgreSQL; each {@link Tenant} parameter is a tenant of its own, so no test sees another's rows.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(HubExtension.class)
public @interface WithHub {}
