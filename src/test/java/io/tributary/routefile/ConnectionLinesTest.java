package io.tributary.routefile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionLinesTest {

    @Test
    void entriesThatMakeConnectionsAreBlankAndTheOthersKeepTheirLines() {
        String text = """
                # Ours
                - templatedRoute:
                    routeTemplateRef: mailbox
                    parameters:
                      - name: host
                        value: mail.example.com
                - route:
                    id: own-tick
                - templatedRoute:
                    routeTemplateRef: "own-template"
                """;

        String left = ConnectionLines.blank(text, "mailbox"::equals);

        assertThat(left).isEqualTo("# Ours\n\n\n\n\n\n" + text.substring(text.indexOf("- route:")));
    }

    @Test
    void aRouteThatNamesATemplateInItsStepsStays() {
        String text = "- route:\n    steps:\n      - to:\n          routeTemplateRef: mailbox\n";

        assertThat(ConnectionLines.blank(text, any -> true)).isEqualTo(text);
    }
}
