package embedded

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// The program, package.json and the lock file name one and the same release,
// for every platform.
func TestOneVersionEverywhere(t *testing.T) {
	var wanted struct {
		OptionalDependencies map[string]string `json:"optionalDependencies"`
	}
	readJSON(t, "package.json", &wanted)
	var locked struct {
		Packages map[string]struct {
			Version string `json:"version"`
		} `json:"packages"`
	}
	readJSON(t, "package-lock.json", &locked)
	for _, platform := range []string{"lib-linux-x64-gnu", "lib-linux-arm64-gnu", "lib-darwin-x64", "lib-darwin-arm64"} {
		if got := wanted.OptionalDependencies["@chdb/"+platform]; got != Version {
			t.Errorf("package.json asks for %s %q, want %s", platform, got, Version)
		}
		if got := locked.Packages["node_modules/@chdb/"+platform].Version; got != Version {
			t.Errorf("package-lock.json has %s %q, want %s", platform, got, Version)
		}
	}
	if _, here := wanted.OptionalDependencies["@chdb/"+platformPackage()]; !here {
		t.Errorf("no package for this machine, %s", platformPackage())
	}
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
