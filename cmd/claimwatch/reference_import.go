package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"claimwatch"
	"claimwatch/rules/nhsa"
)

type referenceImportCommand struct {
	NHSA     importNHSACommand     `cmd:"" name:"nhsa" help:"Import the spreadsheets of the national administration's two libraries."`
	Calendar importCalendarCommand `cmd:"" help:"Import the official calendar of working days."`
}

func (referenceImportCommand) Help() string {
	return "Example:\n  claimwatch reference import nhsa --secondary-factor 0.5 *.xlsx"
}

type importNHSACommand struct {
	clientFlags
	Files     []string `arg:"" type:"existingfile" help:"The .xlsx files, any number."`
	ValidFrom string   `help:"First day (YYYY-MM-DD) on which the rows are valid; otherwise the day on which each file was saved."`
	Factor    string   `name:"secondary-factor" help:"Share of its price that a second operation through the same cut may cost, as 0.5; no sheet tells it."`
	DryRun    bool     `help:"Report only, load nothing."`
	JSON      bool     `name:"json" help:"One JSON object: every row that was left out by its number."`
}

func (importNHSACommand) Help() string {
	return `Pairs and limits become rows of item_pairs and item_limits. Limits of sex, age, level, visit and frequency fill empty columns of items
rows that are loaded here; what stands there is kept and told. Rows that no table can hold are counted by reason. Importing again changes
nothing; after items were loaded anew, import again. A newer edition of a list ends what it does not name any more.

Example:
  claimwatch reference import nhsa --secondary-factor 0.5 *.xlsx`
}

// importAnswer is what --json prints.
type importAnswer struct {
	Files  []nhsa.Report `json:"files"`
	Loaded []loadAnswer  `json:"loaded"`
}

// loadAnswer is the server's answer to a load.
type loadAnswer struct {
	Table     string             `json:"table"`
	Rows      int                `json:"rows"`
	Changed   int                `json:"changed"`
	Unchanged int                `json:"unchanged"`
	Version   uint64             `json:"version"`
	Warnings  []claimwatch.Fault `json:"warnings,omitempty"`
}

func (c importNHSACommand) Run(ctx context.Context, term terminal) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	books, err := readBooks(c.Files)
	if err != nil {
		return err
	}
	server, err := c.client()
	if err != nil {
		return err
	}
	standing := nhsa.NewStanding()
	for _, table := range nhsa.Tables() {
		if err := server.rows(ctx, table, standing.Add); err != nil {
			return err
		}
	}
	loads, reports, err := nhsa.Plan(books, standing, options)
	if err != nil {
		return wrongUsage("%w (--valid-from)", err)
	}
	answer := importAnswer{Files: reports, Loaded: []loadAnswer{}}
	for _, load := range loads {
		if c.DryRun {
			break
		}
		loaded, err := server.load(ctx, load.Table, load.Rows)
		if err != nil {
			return fmt.Errorf("load %s: %w", load.Table, err)
		}
		answer.Loaded = append(answer.Loaded, loaded)
	}
	if c.JSON {
		document, err := json.Marshal(answer)
		if err != nil {
			return fmt.Errorf("write report: %w", err)
		}
		return printJSON(term, document, true)
	}
	for _, report := range reports {
		fmt.Fprintln(term.out, report.Text())
	}
	for _, loaded := range answer.Loaded {
		fmt.Fprintf(term.out, "loaded %s: %d rows, journal entry %d\n", loaded.Table, loaded.Rows, loaded.Version)
	}
	return nil
}

func (c importNHSACommand) options() (o nhsa.Options, err error) {
	if c.ValidFrom != "" {
		if o.From, err = claimwatch.ParseDay(c.ValidFrom); err != nil {
			return o, wrongUsage("--valid-from: %w", err)
		}
	}
	if o.Factor = c.Factor; c.Factor != "" {
		const whole = 10_000
		if n, bad := claimwatch.ParseDecimal(c.Factor, 4, whole); bad != "" || n <= 0 {
			return o, wrongUsage("--secondary-factor is a number above 0, at most 1, with at most 4 decimals, not %q", c.Factor)
		}
	}
	return o, nil
}

// readBooks reads every file, or names every file that cannot be read.
func readBooks(files []string) ([]*nhsa.Book, error) {
	var books []*nhsa.Book
	var faults []error
	for _, path := range files {
		body, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("open spreadsheet: %w", err)
		}
		book, err := nhsa.Read(path, body)
		faults = append(faults, err)
		books = append(books, book)
	}
	return books, errors.Join(faults...)
}

// rows hands over every row of a reference table, withdrawn ones too.
func (c *client) rows(ctx context.Context, table string, row func(table string, cells map[string]string, void bool)) error {
	return c.each(ctx, "/v1/reference/"+url.PathEscape(table), url.Values{"void": {"true"}, "limit": {"1000"}}, func(item json.RawMessage) error {
		var read struct {
			Row  map[string]string `json:"row"`
			Void bool              `json:"void"`
		}
		if err := json.Unmarshal(item, &read); err != nil {
			return fmt.Errorf("read row of %s: %w", table, err)
		}
		row(table, read.Row, read.Void)
		return nil
	})
}

// load puts whole rows into a reference table.
func (c *client) load(ctx context.Context, name string, rows []map[string]string) (answer loadAnswer, err error) {
	table, known := claimwatch.TableNamed(name)
	if !known {
		return answer, fmt.Errorf("there is no table %q", name)
	}
	var body bytes.Buffer
	w := csv.NewWriter(&body)
	line := make([]string, len(table.Columns))
	for i, column := range table.Columns {
		line[i] = column.Name
	}
	for i := -1; i < len(rows); i++ { // -1: the header
		if i >= 0 {
			for at, column := range table.Columns {
				line[at] = rows[i][column.Name]
			}
		}
		if err := w.Write(line); err != nil {
			return answer, fmt.Errorf("write row: %w", err)
		}
	}
	if w.Flush(); w.Error() != nil {
		return answer, fmt.Errorf("write rows: %w", w.Error())
	}
	err = c.call(ctx, request{
		method: http.MethodPut, path: "/v1/reference/" + url.PathEscape(name), contentType: "text/csv", body: &body,
	}, &answer)
	return answer, err
}
