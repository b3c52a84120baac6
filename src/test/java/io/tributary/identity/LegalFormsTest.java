package io.tributary.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LegalFormsTest {

    @Test
    void a_spelling_belongs_to_one_form_only() {
        assertThatThrownBy(() -> LegalForms.read(List.of("[at the end]", "one = Foo", "two = F.o.o.")))
                .hasMessageContaining("foo")
                .hasMessageContaining("two")
                .hasMessageContaining("one");
    }

    @Test
    void a_line_that_is_no_form_is_refused_with_its_text() {
        assertThatThrownBy(() -> LegalForms.read(List.of("[at the end]", "gmbh GmbH")))
                .hasMessageContaining("class = spelling")
                .hasMessageContaining("gmbh GmbH");
        assertThatThrownBy(() -> LegalForms.read(List.of("[somewhere]", "gmbh = GmbH")))
                .hasMessageContaining("[somewhere]");
        assertThatThrownBy(() -> LegalForms.read(List.of("[at the end]", "gmbh = GmbH | ")))
                .hasMessageContaining("gmbh");
    }

    @Test
    void the_longest_form_is_set_aside_unless_it_is_the_whole_name() {
        LegalForms forms = LegalForms.read(List.of("[at the end]", "co = Co", "ltd = Ltd", "co ltd = Co. Ltd."));
        assertThat(forms.split(FoldedText.ofCompany("Acme Co Ltd"))).isEqualTo(new LegalForms.Parts(0, 4, "co ltd"));
        assertThat(forms.split(FoldedText.ofCompany("Co Ltd"))).isEqualTo(new LegalForms.Parts(0, 5, null));
        assertThat(forms.split(FoldedText.ofCompany("Ltd"))).isEqualTo(new LegalForms.Parts(0, 3, null));
    }
}
