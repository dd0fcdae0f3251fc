package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is shipped is what the sources say.
func TestShippedIsConverted(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the sources are not beside the checkout (../shared/data)")
	}
	out := t.TempDir()
	for _, folder := range []string{"icd", "holiday"} {
		if err := os.Mkdir(filepath.Join(out, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(filepath.Join(shared, "icd10_opendrg"), filepath.Join(shared, "holiday_cn"), out); err != nil {
		t.Fatalf("run() error:\n%+v", err)
	}
	for _, name := range []string{"icd/diagnoses.tsv.gz", "icd/procedures.tsv.gz", "holiday/years.json"} {
		converted, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		if ships, err := os.ReadFile(filepath.Join("..", name)); err != nil || !bytes.Equal(ships, converted) {
			t.Errorf("%s is stale (%v): go run ./knowledge/convert --icd FOLDER --holidays FOLDER", name, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, source := range map[string]string{"no blank": "A00霍乱\n", "no name": "A00 \n", "a tab": "A00 霍\t乱\n", "twice": "A00 霍乱\nA00 霍乱\n"} {
		if _, err := packNames([]byte(source)); err == nil {
			t.Errorf("%s: packNames() gives a list", name)
		}
	}
	dir := t.TempDir()
	if err := run(dir, "", dir); err == nil || !strings.Contains(err.Error(), "read names") {
		t.Errorf("run() without sources error:\n%+v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "2027.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run("", dir, dir); err == nil || !strings.Contains(err.Error(), "convert holidays") {
		t.Errorf("run() of a broken year error:\n%+v", err)
	}
}
