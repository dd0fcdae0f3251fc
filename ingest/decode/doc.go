// Package decode turns what institutions send into records, or says what is
// wrong with it: the door judges one record alone (contract.md, sections 1 and 6).
//
// Two decoders stand behind Decode. The scanner (scan.go, fill.go) reads a
// clean record in one pass without the library; it only ever says yes. Whatever
// it does not like is judged by the strict decoder (strict.go), which is built
// on jsontext and alone knows how to say no. FuzzDecode holds the two together:
// same verdict, same code, same value on every input.
//
// A record has one fault in its receipt, the first in this order, whatever the
// order of its keys:
//
//  1. the line: too_long, not_utf8 (bytes), syntax, not_utf8 (half a surrogate
//     pair), type (no object)
//  2. its keys: duplicate_key, then the kind (missing, type, unknown_kind),
//     then unknown_field
//  3. its fields in canonical order, each by itself: missing, type,
//     control_char, too_long, format, scale, range, institution_mismatch
//  4. its fields together: future, negative_without_reverses and the signs of
//     a refund (range), amount_mismatch, time_order
//
// A control character is control_char also where JSON forbids to write it bare,
// so that one tab in a name does not cost an upload in array form.
package decode
