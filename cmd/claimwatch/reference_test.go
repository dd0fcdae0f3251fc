package main

import (
	"path/filepath"
	"strings"
	"testing"
)

const (
	institutionRows = "institution_id,name,kind,level,city,beds,face_required\n" +
		"H1,First,medical,3,Taiyuan,100,false\nH2,Second,medical,2,Datong,50,false\n"
	itemRows = "item_code,region,valid_from,name,category,unit,in_scope,rehab,hour_unit,order_required,report_required," +
		"price_cap_1,price_cap_2,price_cap_3,non_injury\n" +
		"LAB1,,2020-01-01,blood count,lab,each,true,false,false,false,false,20,20,20,false\n"
	lawRows = "{\"law_id\":\"shanxi-2022-measures\",\"valid_from\":\"2022-08-08\",\"title\":\"Measures\",\"source\":\"text\"}\n"
)

// loaded is the answer to a load.
type loaded struct {
	Table     string `json:"table"`
	Rows      int    `json:"rows"`
	Changed   int    `json:"changed"`
	Unchanged int    `json:"unchanged"`
	Version   uint64 `json:"version"`
}

// testReference loads tables: again is unchanged, a faulty file is refused with
// every fault, and only an administrator loads.
func testReference(t *testing.T, s *server, officer string) {
	institutions := written(t, "institutions.csv", institutionRows)
	first := decoded[loaded](t, s.good(t, "", "reference", "load", "institutions", institutions))
	again := decoded[loaded](t, s.good(t, "", "reference", "load", "institutions", institutions, "--json"))
	if len(first) != 1 || len(again) != 1 || first[0].Version == 0 || again[0].Version <= first[0].Version {
		t.Fatalf("first %+v, again %+v: want one line each, the version growing", first, again)
	}
	first[0].Version, again[0].Version = 0, 0
	same(t, "first load", first[0], loaded{Table: "institutions", Rows: 2, Changed: 2})
	same(t, "second load", again[0], loaded{Table: "institutions", Rows: 2, Unchanged: 2})
	s.good(t, "", "reference", "load", "items", written(t, "items.CSV", itemRows))
	for _, name := range []string{"laws.ndjson", "laws.jsonl", "laws.json", "laws.NDJSON"} {
		s.good(t, "", "reference", "load", "laws", written(t, name, lawRows))
	}

	faulty := written(t, "institutions.csv", "institution_id,name,kind,level,city,face_required,colour\n"+
		"H3,Third,medical,3,Taiyuan,false,red\n")
	s.bad(t, exitFailed, "colour", "", "reference", "load", "institutions", faulty)
	faulty = written(t, "institutions.csv", "institution_id,name,kind,level,city,face_required\n"+
		"H3,Third,medical,3,Taiyuan,false\nH4,Fourth,medical,9,Taiyuan,false\nH5,Fifth,bakery,3,Taiyuan,perhaps\n")
	o := s.run(t, "", "reference", "load", "institutions", faulty)
	same(t, "exit code of a faulty file", o.code, exitFailed)
	says(t, "stderr", o.errs, "invalid (422)", "line 3, column level", "line 4, column kind", "line 4, column face_required")
	if unchanged := s.good(t, "", "reference", "load", "institutions", institutions); !strings.Contains(unchanged, `"unchanged":2`) {
		t.Errorf("after faulty files: %s", unchanged)
	}

	s.bad(t, exitFailed, "forbidden (403)", officer, "reference", "load", "institutions", institutions)
	s.bad(t, exitFailed, "not_found (404)", "", "reference", "load", "hospitals", institutions)
	s.bad(t, exitUsage, "nowhere.csv", "", "reference", "load", "items", filepath.Join(t.TempDir(), "nowhere.csv"))
}
