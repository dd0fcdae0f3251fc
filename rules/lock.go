package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// LockFile holds, for every code that a library ever had, the version, the state
// and the hash of what the rule says. Codes of retired rules stay in it for ever.
const LockFile = "rules.lock"

const lockHead = `# Written by claimwatch rules lock; rules check holds the library against it.
# code version state sha256, then the first digits of the hash of each part
`

// locked is one line of the lock.
type locked struct {
	code    string
	version int
	state   State
	hash    string            // SHA-256 over the parts
	parts   map[string]string // query, parameters, definition, tables and functions: first digits of their hashes
}

// partDigits are enough to see which part has changed; the hash of all decides.
const partDigits = 8

// lockOf is what the lock says of a rule. definitions are the statements that
// make the tables and functions of the slice.
func (l *Library) lockOf(r *Rule, definitions map[string]string) (locked, error) {
	texts, err := l.meaning(r)
	if err != nil {
		return locked{}, err
	}
	for _, name := range slices.Concat(r.Reads.Tables, sharedFunctions(r.Query)) {
		texts[name] = definitions[name]
		for _, further := range reached(definitions, name) {
			texts[further] = definitions[further]
		}
	}
	entry := locked{code: r.Code, version: r.Version, state: r.State, parts: map[string]string{}}
	all := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		sum := sha256.Sum256([]byte(texts[name]))
		part := hex.EncodeToString(sum[:])
		entry.parts[name] = part[:partDigits]
		_, _ = fmt.Fprintf(all, "%s %s\n", name, part) // a hash takes everything
	}
	entry.hash = hex.EncodeToString(all.Sum(nil))
	return entry, nil
}

// meaning is all of the folder that changes what a finding says or when it is
// found. Names and explanations may be mended without a new version.
func (l *Library) meaning(r *Rule) (map[string]string, error) {
	type value struct {
		Parameter
		Follows *Parameter
	}
	values := make([]value, len(r.Parameters))
	for i, p := range r.Parameters {
		values[i].Parameter = p
		values[i].About = Text{}
		if p.Of == "" {
			continue
		}
		_, source, err := l.origin(p)
		if err != nil {
			return nil, fmt.Errorf("lock %s: %w", r.Code, err)
		}
		source.About = Text{}
		values[i].Follows = &source
	}
	parameters, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("write parameters of %s: %w", r.Code, err)
	}
	definition, err := json.Marshal([]any{
		r.Severity, r.Basis, r.Grounds, r.Scope, r.Belongs, r.Stays, r.Clock, r.Span, r.Involves, r.Reads, r.Requires, r.Needs,
	})
	if err != nil {
		return nil, fmt.Errorf("write definition of %s: %w", r.Code, err)
	}
	return map[string]string{"query": bare(r.Query), "parameters": string(parameters), "definition": string(definition)}, nil
}

var sharedFunction = regexp.MustCompile(`\bcw_[a-z0-9_]+\b`)

// sharedFunctions are the functions of the slice that a text calls.
func sharedFunctions(text string) []string {
	names := sharedFunction.FindAllString(mask(text, true), -1)
	slices.Sort(names)
	return slices.Compact(names)
}

// reached are the functions that a definition calls, and those that these call.
func reached(definitions map[string]string, name string) []string {
	var all []string
	for _, called := range sharedFunctions(definitions[name]) {
		if called != name {
			all = append(append(all, called), reached(definitions, called)...)
		}
	}
	return all
}

var made = regexp.MustCompile(`^CREATE (?:TABLE \{slice\}\.|OR REPLACE FUNCTION )([a-z0-9_]+)`)

// byName sorts the statements that make a slice by what they make. Of several
// for one name the last counts, as it does for the engine.
func byName(statements []string) map[string]string {
	named := map[string]string{}
	for _, statement := range statements {
		if found := made.FindStringSubmatch(statement); found != nil {
			named[found[1]] = statement
		}
	}
	return named
}

// String writes the line of the lock.
func (e locked) String() string {
	words := []string{e.code, strconv.Itoa(e.version), string(e.state), e.hash}
	for _, name := range slices.Sorted(maps.Keys(e.parts)) {
		words = append(words, name+":"+e.parts[name])
	}
	return strings.Join(words, " ")
}

// readLock reads the lock of a library; a library that has none gives nil.
func readLock(root fs.FS) (map[string]locked, Faults, error) {
	text, err := fs.ReadFile(root, LockFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", LockFile, err)
	}
	entries := map[string]locked{}
	var faults Faults
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		entry, ok := parseLocked(line)
		if _, twice := entries[entry.code]; !ok || twice {
			faults = append(faults, Fault{LockFile, number, "is no line of a lock, or the second of its code: write the file anew with claimwatch rules lock"})
			continue
		}
		entries[entry.code] = entry
	}
	return entries, faults, nil
}

func parseLocked(line string) (locked, bool) {
	words := strings.Fields(line)
	if len(words) < 4 {
		return locked{}, false
	}
	version, err := strconv.Atoi(words[1])
	entry := locked{code: words[0], version: version, state: State(words[2]), hash: words[3], parts: map[string]string{}}
	for _, word := range words[4:] {
		name, part, _ := strings.Cut(word, ":")
		entry.parts[name] = part
	}
	known := slices.Contains(states, entry.state)
	return entry, err == nil && known && ruleCode.MatchString(entry.code) && len(entry.hash) == hex.EncodedLen(sha256.Size)
}
