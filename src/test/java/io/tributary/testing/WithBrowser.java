package io.tributary.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with a hub and a real browser, one of each in a test run; skipped, saying so, where there is no Chromium. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithHub
@ExtendWith(BrowserExtension.class)
public @interface WithBrowser {}
