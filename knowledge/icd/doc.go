// Package icd names diagnoses and procedures by their codes: ICD-10 with the
// Chinese clinical extension, and ICD-9-CM-3. The names are shipped, see
// ORIGIN.md; knowledge/convert writes them anew from their source.
package icd
