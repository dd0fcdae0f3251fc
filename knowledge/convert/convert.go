package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"claimwatch/knowledge/holiday"
)

// packNames makes lines of code, tab and name, in order, of lines of code, blank
// and name. The same source gives the same bytes.
func packNames(source []byte) ([]byte, error) {
	var lines []string
	seen := map[string]bool{}
	for line := range strings.Lines(string(source)) {
		line = strings.TrimRight(line, "\r\n")
		code, name, divided := strings.Cut(line, " ")
		if !divided || name == "" || strings.Contains(line, "\t") || seen[code] {
			return nil, fmt.Errorf("line %d is no new code with a name: %q", len(lines)+1, line)
		}
		seen[code] = true
		lines = append(lines, code+"\t"+name+"\n")
	}
	slices.Sort(lines)
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("pack names: %w", err)
	}
	if _, err := w.Write([]byte(strings.Join(lines, ""))); err != nil {
		return nil, fmt.Errorf("pack names: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack names: %w", err)
	}
	return packed.Bytes(), nil
}

// gatherYears puts the yearly files that have papers into one list.
func gatherYears(folder string) ([]byte, error) {
	files, err := filepath.Glob(filepath.Join(folder, "[12][0-9][0-9][0-9].json"))
	if err != nil {
		return nil, fmt.Errorf("list years: %w", err)
	}
	var years []holiday.Year
	for _, path := range files {
		body, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("open year: %w", err)
		}
		year, err := holiday.Parse(body)
		if err != nil {
			return nil, err
		}
		if len(year.Papers) > 0 {
			years = append(years, year)
		}
	}
	slices.SortFunc(years, func(a, b holiday.Year) int { return cmp.Compare(a.Year, b.Year) })
	var out bytes.Buffer
	out.WriteString("[\n")
	for i, year := range years {
		line, err := json.Marshal(year)
		if err != nil {
			return nil, fmt.Errorf("write year %d: %w", year.Year, err)
		}
		if i > 0 {
			out.WriteString(",\n")
		}
		out.Write(line)
	}
	out.WriteString("\n]\n")
	return out.Bytes(), nil
}
