// Command convert writes the data that packages icd and holiday ship from its
// sources: go run ./knowledge/convert --icd FOLDER --holidays FOLDER, from the
// root of the module.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	icd := flag.String("icd", "", "folder with ZD_INFO.dat and SS_INFO.dat")
	holidays := flag.String("holidays", "", "folder with a JSON file for each year")
	flag.Parse()
	if err := run(*icd, *holidays, "knowledge"); err != nil {
		fmt.Fprintln(os.Stderr, "convert:", err)
		os.Exit(1)
	}
}

// run writes everything whose source is given.
func run(icd, holidays, out string) error {
	if icd != "" {
		for from, to := range map[string]string{"ZD_INFO.dat": "diagnoses.tsv.gz", "SS_INFO.dat": "procedures.tsv.gz"} {
			source, err := os.ReadFile(filepath.Join(icd, from))
			if err != nil {
				return fmt.Errorf("read names: %w", err)
			}
			packed, err := packNames(source)
			if err != nil {
				return fmt.Errorf("convert %s: %w", from, err)
			}
			if err := os.WriteFile(filepath.Join(out, "icd", to), packed, 0o644); err != nil {
				return fmt.Errorf("write names: %w", err)
			}
		}
	}
	if holidays == "" {
		return nil
	}
	years, err := gatherYears(holidays)
	if err != nil {
		return fmt.Errorf("convert holidays: %w", err)
	}
	if err := os.WriteFile(filepath.Join(out, "holiday", "years.json"), years, 0o644); err != nil {
		return fmt.Errorf("write years: %w", err)
	}
	return nil
}
