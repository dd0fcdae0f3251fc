package rules

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// states are the states of a rule in the order of its life.
var states = []State{Draft, Trial, Stable, Retired}

// CheckLock holds a library (a directory, or "" for the one of the binary)
// against its lock; statements are those that make the tables and functions of
// the slice. What is wrong with the files themselves comes with it.
func CheckLock(dir string, statements []string) (Faults, error) {
	library, faults, err := read(Config{Library: dir}.root())
	if err != nil {
		return nil, err
	}
	found, err := library.checkLock(Config{Library: dir}, statements, faults)
	return append(faults, found...).sorted(), err
}

// WriteLock writes the lock of a library in a directory anew and names the codes
// whose lines have changed. It refuses, with what is wrong, when a rule says
// something else under the version that it had, when a version or a state goes
// back, and when a rule is gone that was not retired.
func WriteLock(dir string, statements []string) (changed []string, faults Faults, err error) {
	library, faults, err := read(Config{Library: dir}.root())
	if err != nil || len(faults) > 0 {
		return nil, faults.sorted(), err
	}
	held, faults, err := readLock(os.DirFS(dir))
	if err != nil || len(faults) > 0 {
		return nil, faults, err
	}
	current, faults, err := library.compare(held, byName(statements))
	if refused := faults.unless(behind); err != nil || len(refused) > 0 {
		return nil, refused, err
	}
	for code, entry := range held {
		if _, still := current[code]; !still {
			current[code] = entry // retired: the code stays for ever
		}
	}
	var text strings.Builder
	text.WriteString(lockHead)
	for _, code := range slices.Sorted(maps.Keys(current)) {
		text.WriteString(current[code].String() + "\n")
		if held[code].String() != current[code].String() {
			changed = append(changed, code)
		}
	}
	// The name is taken over at once: a reader sees the lock before or after.
	file := filepath.Join(dir, LockFile)
	if err := os.WriteFile(file+".new", []byte(text.String()), 0o644); err != nil { //nolint:gosec // a file of the library, for everybody
		return nil, nil, fmt.Errorf("write %s: %w", LockFile, err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		return nil, nil, fmt.Errorf("write %s: %w", LockFile, err)
	}
	return changed, nil, nil
}

// behind begins the message of a fault that writing the lock mends.
const behind = LockFile + " is behind: "

// unless leaves out the faults whose message begins so.
func (f Faults) unless(prefix string) Faults {
	return slices.DeleteFunc(slices.Clone(f), func(fault Fault) bool { return strings.HasPrefix(fault.Message, prefix) }).sorted()
}

// checkLock says where library and lock differ. Rules with faults of their own
// are left out: they will change anyway.
func (l *Library) checkLock(where Config, statements []string, known Faults) (Faults, error) {
	held, faults, err := readLock(where.root())
	if err != nil {
		return nil, err
	}
	if held == nil {
		return Faults{{LockFile, 1, "is missing: claimwatch rules lock writes it"}}, nil
	}
	_, found, err := l.compare(held, byName(statements))
	if err != nil {
		if len(known) > 0 { // why it cannot be compared is said already
			return faults, nil
		}
		return nil, err
	}
	faulty := map[string]bool{}
	for _, fault := range known {
		faulty[folderOf(fault)] = true
	}
	for _, fault := range found {
		if !faulty[folderOf(fault)] {
			faults = append(faults, fault)
		}
	}
	return faults, nil
}

func folderOf(f Fault) string {
	folder, _, _ := strings.Cut(f.File, "/")
	return folder
}

// compare gives the lines that the library should have and where those held
// differ from them.
func (l *Library) compare(held map[string]locked, definitions map[string]string) (map[string]locked, Faults, error) {
	current := map[string]locked{}
	var faults Faults
	for _, rule := range l.rules {
		now, err := l.lockOf(rule, definitions)
		if err != nil {
			return nil, nil, err
		}
		current[rule.Code] = now
		before, known := held[rule.Code]
		message := behind + "the rule is not in it; claimwatch rules lock adds it"
		if known {
			message = before.against(now)
		}
		if message != "" {
			faults = append(faults, Fault{rule.Code + "/rule.yaml", lineOf(rule.text, "version", "#"), message})
		}
	}
	for code, before := range held {
		if _, still := current[code]; !still && before.state != Retired {
			faults = append(faults, Fault{
				LockFile, 1, "the folder of " + code + " is gone: a rule leaves the library by state retired, and its code is never used again",
			})
		}
	}
	return current, faults, nil
}

// against says how a rule differs from its line of the lock, and what to do;
// empty for not at all.
func (e locked) against(now locked) string {
	backwards := slices.Index(states, now.state) < slices.Index(states, e.state)
	changed := now.hash != e.hash
	switch {
	case e.state == Retired && now.state != Retired:
		return "the code was retired, and codes are never used again: give the rule another one"
	case now.version < e.version:
		return fmt.Sprintf("version %d is below the %d of %s: versions only grow", now.version, e.version, LockFile)
	case changed && now.version == e.version && e.state != Draft:
		return fmt.Sprintf("%s changed without a new version: set version: %d, then run claimwatch rules lock", e.changes(now), e.version+1)
	case backwards && now.version == e.version:
		return fmt.Sprintf("state %s comes before the %s of %s: only a new version begins again", now.state, e.state, LockFile)
	case changed || now.version != e.version || now.state != e.state:
		return behind + "run claimwatch rules lock"
	default:
		return ""
	}
}

// changes names the parts that differ.
func (e locked) changes(now locked) string {
	var names []string
	for name := range now.parts {
		if e.parts[name] != now.parts[name] {
			names = append(names, name)
		}
	}
	for name := range e.parts {
		if _, still := now.parts[name]; !still {
			names = append(names, name)
		}
	}
	if len(names) == 0 { // the lock was written by hand
		return "the hash"
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
