package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Version is the release of the engine package that this program is built and
// tested with; package.json and package-lock.json pin the same.
const Version = "26.7.3-stable.1"

// libraryName is the file to look for; the package calls it so on every
// platform.
const libraryName = "libchdb.so"

// NotFoundError tells every place that was looked at, and the way out.
type NotFoundError struct {
	// Looked are the paths that hold no engine, in the order of the search.
	Looked []string
}

// Error names the places and the command that puts the library into one.
func (e *NotFoundError) Error() string {
	return "find the ClickHouse engine (" + libraryName + " " + Version + "): not at\n  " +
		strings.Join(e.Looked, "\n  ") +
		"\nrun `npm ci` where package.json is (it fetches 566 MB, once), or give the path with --engine or CLAIMWATCH_ENGINE"
}

// Find returns the path of the engine library: the explicit path, else the
// candidate (the value of CLAIMWATCH_ENGINE), else next to the running binary,
// in the cache directory, or in node_modules of the working directory and its
// parents. A path that was given and holds no file ends the search: running
// another engine than the one asked for would be worse than not running.
func Find(cfg Config) (string, error) {
	if cfg.Library != "" {
		return given(cfg.Library, "--engine")
	}
	if cfg.Candidate != "" {
		return given(cfg.Candidate, "CLAIMWATCH_ENGINE")
	}
	places := searchPlaces(cfg.CacheDir)
	for _, place := range places {
		if isFile(place) {
			return place, nil
		}
	}
	return "", &NotFoundError{Looked: places}
}

// given accepts a file, or a directory that holds the library.
func given(path, source string) (string, error) {
	if isFile(path) {
		return filepath.Abs(path)
	}
	inside := filepath.Join(path, libraryName)
	if isFile(inside) {
		return filepath.Abs(inside)
	}
	return "", fmt.Errorf("open engine named by %s: %w", source, &NotFoundError{Looked: []string{path, inside}})
}

// searchPlaces lists where an engine may lie when nobody named one.
func searchPlaces(cacheDir string) []string {
	var places []string
	if binary, err := os.Executable(); err == nil {
		dir := filepath.Dir(binary)
		places = append(places, filepath.Join(dir, libraryName), filepath.Join(dir, "lib", libraryName))
	}
	if cacheDir != "" {
		places = append(places, filepath.Join(cacheDir, "claimwatch", "engine", Version, libraryName))
	}
	// Where npm ci put it: in the checkout that the binary was built in, or in
	// the one that the command is run in.
	if binary, err := os.Executable(); err == nil {
		places = append(places, modulesAbove(filepath.Dir(binary))...)
	}
	if dir, err := os.Getwd(); err == nil {
		places = append(places, modulesAbove(dir)...)
	}
	return places
}

// modulesAbove lists the npm package in a directory and in every one above it.
func modulesAbove(dir string) []string {
	var places []string
	for {
		places = append(places, filepath.Join(dir, "node_modules", "@chdb", platformPackage(), libraryName))
		parent := filepath.Dir(dir)
		if parent == dir {
			return places
		}
		dir = parent
	}
}

// platformPackage is the name of the npm package for this machine.
func platformPackage() string {
	arch := map[string]string{"amd64": "x64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	if runtime.GOOS == "linux" {
		return "lib-linux-" + arch + "-gnu"
	}
	return "lib-" + runtime.GOOS + "-" + arch
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// IsNotFound says whether err means that no engine library was found.
func IsNotFound(err error) bool {
	var missing *NotFoundError
	return errors.As(err, &missing)
}
