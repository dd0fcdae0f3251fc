package main

import (
	"fmt"
	"strings"

	"claimwatch/rules"
	"claimwatch/store"
)

type rulesLockCommand struct {
	libraryFlags
	Check bool `help:"Only tell what differs from the lock; exit 1 when anything does."`
}

func (rulesLockCommand) Help() string {
	return "rules.lock holds the hash of what each version of a rule says. A rule that says something else needs a new version first.\n\n" +
		"Example:\n  claimwatch rules lock --rules rules/library"
}

func (c rulesLockCommand) Run(term terminal) error {
	if c.Check {
		return c.tell(term)
	}
	if c.Rules == "" {
		return wrongUsage("name the library to lock with --rules: that of the binary is locked")
	}
	changed, faults, err := rules.WriteLock(c.Rules, store.SliceDefinitions())
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return c.refuse(term, faults)
	}
	said := "nothing has changed"
	if len(changed) > 0 {
		said = "locked: " + strings.Join(changed, ", ")
	}
	_, err = fmt.Fprintln(term.out, said)
	return err
}

// tell says where the library differs from its lock.
func (c rulesLockCommand) tell(term terminal) error {
	faults, err := rules.CheckLock(c.Rules, store.SliceDefinitions())
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return c.refuse(term, faults)
	}
	_, err = fmt.Fprintln(term.out, "every rule is as its lock says")
	return err
}

func (rulesLockCommand) refuse(term terminal, faults rules.Faults) error {
	for _, fault := range faults {
		fmt.Fprintln(term.out, fault)
	}
	return fmt.Errorf("%d faults", len(faults))
}
