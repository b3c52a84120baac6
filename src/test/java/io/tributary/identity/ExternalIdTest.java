package io.tributary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExternalIdTest {

    static Stream<List<String>> ids() {
        return NameCases.lines("external-ids.txt").map(NameCases::names);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void one_record_has_one_id(List<String> row) {
        assertThat(ExternalId.canonical(row.get(0), row.get(1))).isEqualTo(row.get(2));
    }

    @Test
    void space_around_an_id_is_no_part_of_it() {
        assertThat(ExternalId.canonical("salesforce", "\t001A0000006Vm9r \n")).isEqualTo("001A0000006Vm9rIAC");
        assertThat(ExternalId.canonical("api", "  ext 1 ")).isEqualTo("ext 1");
    }
}
