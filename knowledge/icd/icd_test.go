package icd

import (
	"bytes"
	"compress/gzip"
	"testing"
)

func TestDiagnosisName(t *testing.T) {
	for code, want := range map[string]string{
		"S82.100":         "胫骨上端骨折",
		"S82.1":           "胫骨上端骨折",
		"S82.000x002":     "髌骨软骨骨折",
		"s82.000X002":     "髌骨软骨骨折",
		"S82.01":          "开放性髌骨骨折",
		"A00.900":         "霍乱",
		"A00.9":           "霍乱",
		"Z99.900":         "依赖可启动机器和装置",
		"":                "",
		"S82":             "",
		"S82.":            "",
		"S82.1000":        "",
		"S99.999x999":     "",
		"S82.100\t胫骨上端骨折": "",
	} {
		name, ok := DiagnosisName(code)
		if name != want || ok != (want != "") {
			t.Errorf("DiagnosisName(%q) = %q, %t; want %q", code, name, ok, want)
		}
	}
}

func TestProcedureName(t *testing.T) {
	for code, want := range map[string]string{"00.0101": "头部血管治疗性超声", "99.9999": "", "S82.100": ""} {
		name, ok := ProcedureName(code)
		if name != want || ok != (want != "") {
			t.Errorf("ProcedureName(%q) = %q, %t; want %q", code, name, ok, want)
		}
	}
}

// The lists are whole: every line of the source is a code with a name.
func TestListsAreWhole(t *testing.T) {
	for file, want := range map[*[]byte]int{&diagnosesFile: 33_304, &proceduresFile: 13_686} {
		list, err := read(*file)
		if err != nil {
			t.Fatalf("read() error:\n%+v", err)
		}
		unpacked, err := gzip.NewReader(bytes.NewReader(*file))
		if err != nil {
			t.Fatalf("NewReader() error:\n%+v", err)
		}
		var text bytes.Buffer
		if _, err := text.ReadFrom(unpacked); err != nil {
			t.Fatalf("ReadFrom() error:\n%+v", err)
		}
		lines := bytes.Count(text.Bytes(), []byte("\n"))
		if lines != want || len(list) < want {
			t.Errorf("%d lines and %d codes, want %d", lines, len(list), want)
		}
		for code, name := range list {
			if code == "" || name == "" {
				t.Errorf("code %q, name %q", code, name)
			}
		}
	}
}

// packed writes a list as convert does.
func packed(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A dagger code names its illness alone, unless two share the dagger or it has a
// line of its own.
func TestDaggers(t *testing.T) {
	list, err := read(packed(t, "A17.000+G01*\t结核性脑膜炎\nB00.000+G05.1*\t一\nB00.000+H19.1*\t二\nC00.000+D63.0*\t三\nC00.000\t自己\n"))
	if err != nil {
		t.Fatalf("read() error:\n%+v", err)
	}
	for code, want := range map[string]string{"A17.000": "结核性脑膜炎", "A17.000+G01*": "结核性脑膜炎", "B00.000": "", "B00.000+H19.1*": "二", "C00.000": "自己"} {
		if list[code] != want {
			t.Errorf("%s is %q, want %q", code, list[code], want)
		}
	}
	for name, file := range map[string][]byte{"no tab": packed(t, "A00 霍乱\n"), "not packed": []byte("A00\t霍乱\n"), "cut": packed(t, "A00\t霍乱\n")[:20]} {
		if _, err := read(file); err == nil {
			t.Errorf("%s: read() gives a list", name)
		}
	}
}
