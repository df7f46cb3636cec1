// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborDecoderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00                           | 0                       | smallest integer",
        "17                           | 23                      | largest in the initial byte",
        "1818                         | 24                      | one byte of argument",
        "1901f4                       | 500                     | two bytes",
        "1a000f4240                   | 1000000                 | four bytes",
        "1b7fffffffffffffff           | 9223372036854775807     | largest long",
        "1bffffffffffffffff           | 18446744073709551615    | largest unsigned",
        "20                           | -1                      | largest negative",
        "3903e7                       | -1000                   | two bytes, negative",
        "3b7fffffffffffffff           | -9223372036854775808    | smallest long",
        "3bffffffffffffffff           | -18446744073709551616   | smallest negative",
        "1800 190000 1a00000000       | 0 0 0                   | integers need not be shortest",
        "1b0000000000000000 3800      | 0 -1                    | at any length",
        "40 41ff 5801ff 590001ff      | h'' h'ff' h'ff' h'ff'   | nor need lengths",
        "5a00000001ff                 | h'ff'                   | of four bytes",
        "5b0000000000000001ff         | h'ff'                   | of eight bytes",
        "f4 f5 f6                     | false true null         | simple values",
        "80 8101 820102               | [] [1] [1,2]            | arrays",
        "9800 9b000000000000000101    | [] [1]                  | array lengths, not shortest",
        "818081f6                     | [[]] [null]             | nested",
        "a0 a1416101                  | {} {h'61':1}            | maps",
        "a2 4162 01 4161 02           | {h'62':1,h'61':2}       | need not be sorted",
        "a6f600f400f5004100000000 2000| {null:0,false:0,true:0,h'00':0,0:0,-1:0} | keys of every scalar type",
        "d9010280                     | 258([])                 | empty set",
        "d90102820140                 | 258([1,h''])            | set",
        "da000001028101               | 258([1])                | tag, not shortest",
        "db00000000000001028101       | 258([1])                | tag of eight bytes",
        "d9010283f6f501               | 258([null,true,1])      | members of every scalar type",
        "a101d9010281f4               | {1:258([false])}        | a set as a map value",
        "5f41004101ff                 | (_ h'00',h'01')         | chunks of an indefinite string",
        "5fff 5f40ff 5f4040ff         | ''_ (_ h'') (_ h'',h'') | empty chunks are told from none",
        "5f580100ff                   | (_ h'00')               | chunk length, not shortest",
      })
  void decodesTheSubset(String hex, String expected, String rule) {
    assertThat(DecodedText.ofHex(hex)).as(rule).isEqualTo(expected);
  }
}
