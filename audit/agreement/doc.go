// Package agreement knows the service agreements of institutions (the reference
// table agreements), folded from the journal, and which rows a suspension, a
// resumption or a termination makes of them (Shanxi Art. 37, 39, 45, 51). It is
// pure. Days are local days in Asia/Shanghai, spans are half-open.
package agreement
