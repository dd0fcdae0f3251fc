package embedded

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

// library is the C interface of the engine, as far as this package uses it.
// Pointers into the engine are unsafe.Pointer: they are C memory, which the
// garbage collector neither moves nor frees.
type library struct {
	connect      func(argc int32, argv unsafe.Pointer) unsafe.Pointer
	closeConn    func(conn unsafe.Pointer)
	setSignals   func(enabled int32)
	query        statementFunc
	streamQuery  statementFunc
	streamFetch  func(conn, stream unsafe.Pointer) unsafe.Pointer
	streamCancel func(conn, stream unsafe.Pointer)
	destroy      func(result unsafe.Pointer)
	resultBuffer func(result unsafe.Pointer) unsafe.Pointer
	resultLength func(result unsafe.Pointer) uintptr
	resultError  func(result unsafe.Pointer) unsafe.Pointer
	rowsRead     func(result unsafe.Pointer) uint64
	rowsWritten  func(result unsafe.Pointer) uint64
	insert       statementFunc
	insertAppend func(stream, data unsafe.Pointer, length uintptr) int32
	insertDone   func(stream unsafe.Pointer) unsafe.Pointer
	insertCancel func(stream unsafe.Pointer)
	insertError  func(stream unsafe.Pointer) unsafe.Pointer
	insertFree   func(stream unsafe.Pointer)
}

// statementFunc is the shape that chdb_query_with_params_n and its streaming
// twin share: statement and format with their lengths, then four parallel
// arrays of parameters and how many there are.
type statementFunc func(conn, sql unsafe.Pointer, sqlLen uintptr, format unsafe.Pointer, formatLen uintptr,
	names, nameLens, values, valueLens unsafe.Pointer, count uintptr) unsafe.Pointer

// loadLibrary maps the engine into the process and resolves every function.
// The mapping is never undone: the engine keeps threads for the life of the
// process, and code under a running thread cannot go away.
func loadLibrary(path string) (*library, error) {
	handle, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return nil, fmt.Errorf("load engine library %s: %w", path, err)
	}
	lib := &library{}
	for _, symbol := range []struct {
		name string
		into any
	}{
		{"chdb_connect", &lib.connect},
		{"chdb_close_conn", &lib.closeConn},
		{"chdb_set_signal_handlers_enabled", &lib.setSignals},
		{"chdb_query_with_params_n", &lib.query},
		{"chdb_stream_query_with_params_n", &lib.streamQuery},
		{"chdb_stream_fetch_result", &lib.streamFetch},
		{"chdb_stream_cancel_query", &lib.streamCancel},
		{"chdb_destroy_query_result", &lib.destroy},
		{"chdb_result_buffer", &lib.resultBuffer},
		{"chdb_result_length", &lib.resultLength},
		{"chdb_result_error", &lib.resultError},
		{"chdb_result_rows_read", &lib.rowsRead},
		{"chdb_result_rows_written", &lib.rowsWritten},
		{"chdb_stream_insert_with_params_n", &lib.insert},
		{"chdb_stream_append", &lib.insertAppend},
		{"chdb_stream_done", &lib.insertDone},
		{"chdb_stream_cancel_insert", &lib.insertCancel},
		{"chdb_stream_insert_error", &lib.insertError},
		{"chdb_destroy_insert_stream", &lib.insertFree},
	} {
		address, err := purego.Dlsym(handle, symbol.name)
		if err != nil {
			return nil, fmt.Errorf("resolve %s in %s: %w", symbol.name, path, err)
		}
		purego.RegisterFunc(symbol.into, address)
	}
	keepSignals(func() { lib.setSignals(0) })
	return lib, nil
}
