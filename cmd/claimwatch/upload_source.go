package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"claimwatch/ingest/mapping"
)

// source is one row of a file on its way to the server.
type source struct {
	file    string
	line    int
	record  []byte
	skipped bool
	fault   error
	code    string // of fault; empty is unmapped
}

// sources gives the rows of the files in a fixed order.
type sources struct {
	bytes int64 // of all files, for the progress bar
	each  func(yield func(source) error, progress func(int64)) error
}

// open looks at the files before anything is sent.
func (c uploadCommand) open() (*sources, error) {
	if c.Mapping != "" {
		return c.openMapped()
	}
	var total int64
	for _, path := range c.Files {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("open records: %w", err)
		}
		if info.IsDir() {
			return nil, wrongUsage("%s is a directory: name NDJSON files, or give --mapping for CSV exports", path)
		}
		total += info.Size()
	}
	return &sources{bytes: total, each: func(yield func(source) error, progress func(int64)) error {
		var read int64
		for _, path := range c.Files {
			if err := eachLine(path, yield, func(n int64) { progress(read + n) }); err != nil {
				return err
			}
			info, err := os.Stat(path)
			if err != nil {
				return fmt.Errorf("open records: %w", err)
			}
			read += info.Size()
		}
		return nil
	}}, nil
}

func (c uploadCommand) openMapped() (*sources, error) {
	m, err := mapping.Load(c.Mapping)
	if err != nil {
		return nil, err
	}
	if len(c.Files) != 1 {
		return nil, wrongUsage("with --mapping give the one directory that holds the CSV files")
	}
	dir := c.Files[0]
	sizes := map[string]int64{}
	var total int64
	for _, f := range m.Files {
		info, err := os.Stat(filepath.Join(dir, f.File))
		if err != nil {
			return nil, fmt.Errorf("open export: %w", err)
		}
		sizes[f.File] = info.Size()
		total += info.Size()
	}
	return &sources{bytes: total, each: func(yield func(source) error, progress func(int64)) error {
		var read, rows int64
		current := ""
		err := m.Each(dir, func(r mapping.Row) error {
			if current != "" && (r.File != current || r.Line == 2) {
				read += sizes[current] // a file ends: its rows are counted by its size
				progress(read)
			}
			current = r.File
			rows++
			return yield(source{file: r.File, line: r.Line, record: r.Record, skipped: r.Skipped, fault: r.Fault})
		})
		return err
	}}, nil
}

// byteOrderMark is dropped once at the beginning of a file, and once by the
// door at the beginning of a body.
const byteOrderMark = "\xef\xbb\xbf"

// maxUploadLine is longer than any line the door takes, so that the door, which
// names the fault, sees the line.
const maxUploadLine = 2 << 20

// eachLine reads a file line by line; a line too long to send is a fault of its
// own and the others go on.
func eachLine(path string, yield func(source) error, progress func(int64)) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open records: %w", err)
	}
	defer file.Close()
	reader := bufio.NewReaderSize(file, 1<<20)
	var read int64
	for number := 1; ; number++ {
		line, size, err := readLine(reader)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read %s: %w", path, err)
		}
		read += int64(size)
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte(byteOrderMark))
		}
		// What the door takes for blank must not count here either: a receipt
		// names records by their number. NUL is what UTF-16 leaves of a newline.
		if text := bytes.Trim(line, " \t\r\n"); len(bytes.Trim(text, " \t\r\x00")) > 0 {
			s := source{file: path, line: number, record: bytes.Clone(text)}
			if size > maxUploadLine {
				s = source{file: path, line: number, code: "too_long", fault: fmt.Errorf("the line has %d bytes; a record has at most 1 MiB", size)}
			}
			if err := yield(s); err != nil {
				return err
			}
			progress(read)
		}
		if err != nil {
			return nil
		}
	}
}

// readLine reads to the next line break; of a line longer than maxUploadLine
// only the beginning is kept.
func readLine(r *bufio.Reader) (line []byte, size int, err error) {
	for {
		part, err := r.ReadSlice('\n')
		size += len(part)
		if len(line) <= maxUploadLine {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, size, err
		}
	}
}
