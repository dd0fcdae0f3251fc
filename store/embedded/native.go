package embedded

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"unsafe"
)

var (
	// errConnect is all there is to say when the engine refuses a connection:
	// it returns a null pointer and no reason.
	errConnect = errors.New("the engine refused the connection: another data directory is open in this process, or a setting has a bad value")
	// errNoResult stands for a null result, which the engine does not explain.
	errNoResult = errors.New("the engine returned no result")
)

// native is one connection of the engine: one session, one statement at a
// time. Its callers take turns; it does no locking of its own.
type native struct {
	lib    *library
	handle unsafe.Pointer // chdb_connection *
}

// statement is one statement with its output or input format and its
// parameters, which are in the escaped text form of clickhouse-go.
type statement struct {
	sql    string
	format string
	names  []string
	values []string
}

// open makes a connection with clickhouse-local arguments such as --path=DIR.
// The first connection of a process starts the engine.
func (l *library) open(args []string) (*native, error) {
	var pin runtime.Pinner
	defer pin.Unpin()
	argv := make([]unsafe.Pointer, 0, len(args)+1)
	for _, arg := range args {
		argv = append(argv, pinString(&pin, arg+"\x00"))
	}
	argv = append(argv, nil)
	pin.Pin(&argv[0])
	var handle unsafe.Pointer
	keepSignals(func() { handle = l.connect(int32(len(args)), unsafe.Pointer(&argv[0])) })
	if handle == nil || *(*unsafe.Pointer)(handle) == nil {
		return nil, errConnect
	}
	return &native{lib: l, handle: handle}, nil
}

func (n *native) conn() unsafe.Pointer { return *(*unsafe.Pointer)(n.handle) }

// close ends the connection; the last one of the process stops the engine.
// With a statement still running the engine aborts the process, so callers
// close idle connections only.
func (n *native) close() { keepSignals(func() { n.lib.closeConn(n.handle) }) }

// call hands a statement to one of the entry points. All Go memory that C sees
// is pinned for the length of the call; the engine copies what it keeps.
func (n *native) call(entry statementFunc, s statement) unsafe.Pointer {
	var pin runtime.Pinner
	defer pin.Unpin()
	names, nameLens := pinStrings(&pin, s.names)
	values, valueLens := pinStrings(&pin, s.values)
	return entry(n.conn(), pinString(&pin, s.sql), uintptr(len(s.sql)),
		pinString(&pin, s.format), uintptr(len(s.format)),
		names, nameLens, values, valueLens, uintptr(len(s.names)))
}

// run executes a statement and returns its whole output.
func (n *native) run(s statement) ([]byte, error) {
	return n.take(n.call(n.lib.query, s))
}

// take copies a result out of the engine and frees it.
func (n *native) take(result unsafe.Pointer) ([]byte, error) {
	if result == nil {
		return nil, errNoResult
	}
	defer n.lib.destroy(result)
	if message := n.lib.resultError(result); message != nil {
		return nil, newException(goString(message))
	}
	length := n.lib.resultLength(result)
	buffer := n.lib.resultBuffer(result)
	if length == 0 || buffer == nil {
		return nil, nil
	}
	out := make([]byte, length)
	copy(out, unsafe.Slice((*byte)(buffer), length))
	return out, nil
}

// insert streams data into an INSERT statement that carries none itself. When
// reading data fails, the insert is called off and nothing of the rows that
// did not fill a block is written.
func (n *native) insert(s statement, data io.Reader) error {
	stream := n.call(n.lib.insert, s)
	if stream == nil {
		return errNoResult
	}
	defer n.lib.insertFree(stream)
	if message := n.lib.insertError(stream); message != nil {
		return newException(goString(message))
	}
	buffer := make([]byte, insertChunkBytes)
	for {
		length, err := io.ReadFull(data, buffer)
		if length > 0 && !n.append(stream, buffer[:length]) {
			break // insertDone tells why
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			n.lib.insertCancel(stream)
			return err
		}
	}
	_, err := n.take(n.lib.insertDone(stream))
	return err
}

// insertChunkBytes is how much of a body is handed to the engine at a time.
const insertChunkBytes = 256 << 10

func (n *native) append(stream unsafe.Pointer, chunk []byte) bool {
	var pin runtime.Pinner
	defer pin.Unpin()
	pin.Pin(&chunk[0])
	return n.lib.insertAppend(stream, unsafe.Pointer(&chunk[0]), uintptr(len(chunk))) == 0
}

// pinString gives C the bytes of s without copying them. Literals are not on
// the heap and pinning them is a no-op.
func pinString(pin *runtime.Pinner, s string) unsafe.Pointer {
	if s == "" {
		return nil
	}
	data := unsafe.StringData(s)
	pin.Pin(data)
	return unsafe.Pointer(data)
}

// pinStrings gives C two parallel arrays, pointers and lengths. An empty
// string gets a pointer all the same: the engine takes null for a mistake.
func pinStrings(pin *runtime.Pinner, list []string) (pointers, lengths unsafe.Pointer) {
	if len(list) == 0 {
		return nil, nil
	}
	data := make([]unsafe.Pointer, len(list))
	sizes := make([]uintptr, len(list))
	for i, s := range list {
		data[i], sizes[i] = pinString(pin, s), uintptr(len(s))
		if s == "" {
			data[i] = pinString(pin, "\x00")
		}
	}
	pin.Pin(&data[0])
	pin.Pin(&sizes[0])
	return unsafe.Pointer(&data[0]), unsafe.Pointer(&sizes[0])
}

// goString copies a C string.
func goString(p unsafe.Pointer) string {
	length := 0
	for *(*byte)(unsafe.Add(p, length)) != 0 {
		length++
	}
	return strings.Clone(unsafe.String((*byte)(p), length))
}
