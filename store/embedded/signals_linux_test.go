package embedded

// handlers reads every guarded handler from the kernel.
func handlers() (out [len(guardedSignals)]sigaction) {
	for i, signal := range guardedSignals {
		rtSigaction(signal, nil, &out[i])
	}
	return out
}

// spoilHandlers does what older releases of the engine do on connect.
func spoilHandlers() {
	for _, signal := range guardedSignals {
		rtSigaction(signal, &sigaction{}, nil)
	}
}
