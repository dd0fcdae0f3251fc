package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"claimwatch/audit/inspection"
)

type inspectionCommand struct {
	Verify inspectionVerifyCommand `cmd:"" help:"Draw again and say whether a published draw is what follows from its list and seed."`
}

func (inspectionCommand) Help() string {
	return "Example:\n  claimwatch inspection verify draw.json"
}

type inspectionVerifyCommand struct {
	File       string `arg:"" help:"The draw, as GET /v1/inspections/{id}/draw gives it; - reads stdin."`
	Commitment string `help:"The commitment that was published before the seed was known; otherwise that of the file is taken."`
	JSON       bool   `name:"json" help:"One JSON object."`
}

func (inspectionVerifyCommand) Help() string {
	return `Needs no server and no key.

Example:
  claimwatch inspection verify draw.json --commitment 39d6e901…`
}

func (c inspectionVerifyCommand) Run(term terminal) error {
	body, err := c.read(term)
	if err != nil {
		return fmt.Errorf("read draw: %w", err)
	}
	// What the server adds to every answer is not of the draw.
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) == nil && members["$schema"] != nil {
		delete(members, "$schema")
		if body, err = json.Marshal(members); err != nil {
			return fmt.Errorf("read draw: %w", err)
		}
	}
	draw, faults := inspection.Verify(body, strings.ToLower(c.Commitment))
	if c.JSON {
		if faults == nil {
			faults = []string{}
		}
		raw, err := json.Marshal(map[string]any{"good": len(faults) == 0, "commitment": draw.Commitment, "seed": draw.Seed, "institutions": draw.Institutions(), "faults": faults})
		if err != nil {
			return fmt.Errorf("write result: %w", err)
		}
		fmt.Fprintf(term.out, "%s\n", raw)
	}
	if len(faults) > 0 {
		return fmt.Errorf("the draw is not good: %s", strings.Join(faults, "; "))
	}
	if !c.JSON {
		fmt.Fprintf(term.out, "good: %s drawn by %q of %s (%s), commitment %s\n",
			strings.Join(draw.Institutions(), " "), draw.Seed, draw.Input.SeedSource, draw.Input.SeedOn, draw.Commitment)
	}
	return nil
}

func (c inspectionVerifyCommand) read(term terminal) ([]byte, error) {
	if c.File == "-" {
		return io.ReadAll(term.in)
	}
	return os.ReadFile(c.File)
}
