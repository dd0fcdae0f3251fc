package embedded

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindOrder(t *testing.T) {
	touch := func(parts ...string) string {
		path := filepath.Join(parts...)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	root := t.TempDir()
	explicit := touch(root, "explicit.so")
	variable := touch(root, "variable.so")
	cached := touch(root, "cache", "claimwatch", "engine", Version, libraryName)
	module := touch(root, "tree", "node_modules", "@chdb", platformPackage(), libraryName)
	inDir := filepath.Join(root, "tree", "node_modules", "@chdb", platformPackage())
	deep := filepath.Join(root, "tree", "a", "b")
	if err := os.MkdirAll(deep, 0o750); err != nil {
		t.Fatal(err)
	}
	t.Chdir(deep)
	cache := filepath.Join(root, "cache")
	for _, test := range []struct {
		name string
		cfg  Config
		want string
	}{
		{"explicit first", Config{Library: explicit, Candidate: variable, CacheDir: cache}, explicit},
		{"then the variable", Config{Candidate: variable, CacheDir: cache}, variable},
		{"then the cache", Config{CacheDir: cache}, cached},
		{"then node_modules of a parent", Config{}, module},
		{"a directory holds it", Config{Library: inDir}, module},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Find(test.cfg)
			if err != nil {
				t.Fatalf("Find() error:\n%+v", err)
			}
			if got != test.want {
				t.Errorf("Find() = %s, want %s", got, test.want)
			}
		})
	}
}

func TestFindTellsWhatToDo(t *testing.T) {
	empty := t.TempDir()
	t.Chdir(empty)
	for _, test := range []struct {
		name string
		cfg  Config
		want []string
	}{
		{
			"nowhere",
			Config{CacheDir: filepath.Join(empty, "cache")},
			[]string{"npm ci", "566 MB", "--engine", "CLAIMWATCH_ENGINE", filepath.Join(empty, "cache"), "node_modules", Version},
		},
		{
			"a wrong path is not replaced",
			Config{Library: filepath.Join(empty, "no.so")},
			[]string{"named by --engine", filepath.Join(empty, "no.so"), "npm ci"},
		},
		{"a wrong variable", Config{Candidate: filepath.Join(empty, "no.so")}, []string{"named by CLAIMWATCH_ENGINE"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Find(test.cfg)
			if err == nil || !IsNotFound(err) {
				t.Fatalf("Find() = %v, want a NotFoundError", err)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("Find() error does not say %q:\n%v", want, err)
				}
			}
		})
	}
}

func TestOpenRefusesAFileThatIsNoEngine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "libfake.so")
	if err := os.WriteFile(path, []byte("not a library"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for range 2 { // the second time shows that the first gave the lock back
		_, err := Open(Config{Library: path, Dir: dir})
		if err == nil || !strings.Contains(err.Error(), "load engine library") {
			t.Fatalf("Open() = %v, want a load error", err)
		}
	}
}
