package icd

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the names
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

//go:embed diagnoses.tsv.gz
var diagnosesFile []byte

//go:embed procedures.tsv.gz
var proceduresFile []byte

// Both lists are read when somebody first asks: 33,304 diagnoses take 20 ms and
// six megabytes.
var (
	diagnoses  = sync.OnceValues(func() (names, error) { return read(diagnosesFile) })
	procedures = sync.OnceValues(func() (names, error) { return read(proceduresFile) })
)

// names are texts by code, capitals only.
type names map[string]string

// DiagnosisName gives the Chinese name of an ICD-10 code; ok is false for a code
// that is not in the list. Shorter codes stand for their first subdivision, as
// the extension has it (S82.1 is S82.100), small letters for capitals, and a
// dagger code may come without its asterisk.
func DiagnosisName(code string) (name string, ok bool) { return find(diagnoses, code) }

// ProcedureName gives the Chinese name of an ICD-9-CM-3 code, ok is false for a
// code that is not in the list.
func ProcedureName(code string) (name string, ok bool) { return find(procedures, code) }

func find(list func() (names, error), code string) (string, bool) {
	known, err := list()
	if err != nil {
		return "", false // an embedded file that its test reads
	}
	code = strings.ToUpper(code)
	if name, ok := known[code]; ok {
		return name, true
	}
	name, ok := known[padded(code)]
	return name, ok
}

// padded fills the digits after the point up to three with zeros.
func padded(code string) string {
	category, digits, divided := strings.Cut(code, ".")
	if !divided || digits == "" || len(digits) > 2 {
		return code
	}
	return category + "." + digits + strings.Repeat("0", 3-len(digits))
}

// read reads lines of code, tab, name.
func read(file []byte) (names, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("unpack names: %w", err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		return nil, fmt.Errorf("unpack names: %w", err)
	}
	list := names{}
	alone := map[string]string{} // dagger codes without their asterisk
	for line := range strings.Lines(string(text)) {
		code, name, tab := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !tab {
			return nil, errors.New("read names: a line without a tab")
		}
		code = strings.ToUpper(code)
		list[code] = name
		if dagger, _, both := strings.Cut(code, "+"); both {
			if other, twice := alone[dagger]; twice && other != name {
				name = "" // two illnesses share the dagger: neither is meant
			}
			alone[dagger] = name
		}
	}
	for dagger, name := range alone {
		if _, known := list[dagger]; !known && name != "" {
			list[dagger] = name
		}
	}
	return list, nil
}
