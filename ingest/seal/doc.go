// Package seal judges the signatures that institutions put over their uploads with
// the certificate of their electronic seal (Art. 21 of the measures): detached CMS
// over a list of the hashes of the records, SM2 with SM3 or RSA and ECDSA with SHA-2.
// docs/adr/0022-signatures.md says why the list and not the body.
package seal
