package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"claimwatch/knowledge/holiday"
)

type importCalendarCommand struct {
	clientFlags
	Files []string `arg:"" optional:"" type:"existingfile" help:"Files of years that are not shipped yet, as holiday-cn writes them."`
	JSON  bool     `name:"json" help:"One JSON object."`
}

func (importCalendarCommand) Help() string {
	return `Loads every day of the official calendar from 2007 on into the table calendar: the years that come with the product, and those of the
files. The last days of December stay open until the next year's paper is there. Rows that were withdrawn or written from another source here stay.

Example:
  claimwatch reference import calendar 2027.json`
}

// calendarAnswer is what --json prints.
type calendarAnswer struct {
	Days   int            `json:"days"`
	From   string         `json:"from"`
	Until  string         `json:"until"` // the last day
	Kept   []holiday.Kept `json:"kept"`
	Loaded *loadAnswer    `json:"loaded"`
}

func (c importCalendarCommand) Run(ctx context.Context, term terminal) error {
	days, err := calendarDays(c.Files)
	if err != nil {
		return err
	}
	server, err := c.client()
	if err != nil {
		return err
	}
	standing := map[string]holiday.Standing{}
	err = server.rows(ctx, "calendar", func(_ string, cells map[string]string, void bool) {
		standing[cells["day"]] = holiday.Standing{Working: cells["working"], Source: cells["source"], Void: void}
	})
	if err != nil {
		return err
	}
	rows, kept := holiday.Rows(days, standing)
	answer := calendarAnswer{Days: len(days), From: days[0].Day.String(), Until: days[len(days)-1].Day.String(), Kept: kept}
	if len(rows) > 0 {
		loaded, err := server.load(ctx, "calendar", rows)
		if err != nil {
			return fmt.Errorf("load calendar: %w", err)
		}
		answer.Loaded = &loaded
	}
	if c.JSON {
		document, err := json.Marshal(answer)
		if err != nil {
			return fmt.Errorf("write report: %w", err)
		}
		return printJSON(term, document, true)
	}
	fmt.Fprintf(term.out, "%d days from %s to %s: %d loaded, %d kept as they are here, the others unchanged\n",
		answer.Days, answer.From, answer.Until, len(rows), len(kept))
	for _, k := range kept {
		fmt.Fprintf(term.out, "  kept %s: %s here, the papers say working %t\n", k.Day, k.Here, k.Working)
	}
	return nil
}

// calendarDays are the days of the shipped years and of the files.
func calendarDays(files []string) ([]holiday.Day, error) {
	years, err := holiday.Shipped()
	if err != nil {
		return nil, err
	}
	for _, path := range files {
		body, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("open calendar: %w", err)
		}
		year, err := holiday.Parse(body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		years = append(years, year)
	}
	return holiday.Calendar(years...), nil
}
