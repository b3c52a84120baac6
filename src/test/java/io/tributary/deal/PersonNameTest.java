package io.tributary.deal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNameTest {

    @ParameterizedTest(name = "{0} is {1} | {2}")
    @CsvSource(delimiter = '|', textBlock = """
            Ann Roe                  | Ann         | Roe
            Roe, Ann                 | Ann         | Roe
            Ann                      | Ann         |
            Mr Roe                   |             | Roe
            Dr. Ann Roe              | Ann         | Roe
            Herr Prof. Dr. Jan Roe   | Jan         | Roe
            Frau Ina Roe             | Ina         | Roe
            Mme Léa Roe              | Léa         | Roe
            Ann Roe PhD              | Ann         | Roe
            Jan van der Berg         | Jan         | van der Berg
            María de la Cruz Ruiz    | María       | de la Cruz Ruiz
            van der Berg, Jan        | Jan         | van der Berg
            Ann Mary Roe             | Ann Mary    | Roe
            Ann Roe; Bo Day          | Ann         | Roe
            Ann Roe & Bo Day         | Ann         | Roe
            Ann Roe and Bo Day       | Ann         | Roe
            Ann Roe, Bo Day          | Ann         | Roe
            Ann M. Roe               | Ann M.      | Roe
            ann@b.example            |             |
            Dr.                      |             |
            """)
    void namesAreTakenApart(String text, String firstName, String lastName) {
        assertThat(PersonName.of(text)).isEqualTo(new PersonName(firstName, lastName));
    }
}
