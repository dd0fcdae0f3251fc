package province

// twist is what is special about a stay. Most are plain.
type twist uint8

const (
	plain twist = iota

	splitCore        // the next stay begins 7 days after, same illness
	splitEmergency   // near: the next one is an emergency
	splitIllness     // near: another illness
	splitSeries      // near: a registered series
	splitBuffer      // 8 days after, same physician
	splitBufferLong  // 15 days after
	splitFar         // near: 16 days after
	reregister       // two hours after, in another department
	reregisterNextAt // 24 h after: no re-registered transfer, a split stay

	duplicate        // one drug twice in one second
	duplicateSecond  // near: a second later
	labTwice         // ordered once
	labOrderedTwice  // near
	overCap          // a cent above
	atCap            // near
	extraBed         // a bed day on the day of discharge
	extraBedRefunded // near
	extraBedSelfPay  // near

	noOrders      // the first after 26 h
	ordersLate    // near: written in time, handed in after 32 h
	ordersInTime  // near: the first a millisecond before 24 h
	noCare        // a millisecond above 48 h
	noCareNear    // 48 h
	inert         // every second day, of an even number
	inertNear     // of an odd number
	mismatch      // two failed face checks, 24 h apart
	mismatchNear  // a millisecond more
	unchecked     // a millisecond above 24 h between checks
	uncheckedNear // 24 h
	leaveLate     // near: a leave of 33 h, handed in after it

	admissionLate // near of nothing: everything waits ten hours for the admission
	twists
)

// plan of a twist: the rule that it is about, whether the rule must find it, and
// how many days of stay it needs.
type sort struct {
	rule    string
	near    bool
	follows bool // it is about the next stay of the person
	faces   bool // at an institution that requires face checks
	days    int  // at least; 0: any
}

var sorts = [twists]sort{
	splitCore:        {rule: "ADM-001", follows: true},
	splitEmergency:   {rule: "ADM-001", near: true, follows: true},
	splitIllness:     {rule: "ADM-003", near: true, follows: true},
	splitSeries:      {rule: "ADM-001", near: true, follows: true},
	splitBuffer:      {rule: "ADM-002", follows: true},
	splitBufferLong:  {rule: "ADM-002", follows: true},
	splitFar:         {rule: "ADM-002", near: true, follows: true},
	reregister:       {rule: "ADM-003", follows: true},
	reregisterNextAt: {rule: "ADM-001", follows: true},
	duplicate:        {rule: "FEE-001"},
	duplicateSecond:  {rule: "FEE-001", near: true},
	labTwice:         {rule: "FEE-002"},
	labOrderedTwice:  {rule: "FEE-002", near: true},
	overCap:          {rule: "FEE-007"},
	atCap:            {rule: "FEE-007", near: true},
	extraBed:         {rule: "FEE-013"},
	extraBedRefunded: {rule: "FEE-013", near: true},
	extraBedSelfPay:  {rule: "FEE-013", near: true},
	noOrders:         {rule: "ADM-008"},
	ordersLate:       {rule: "ADM-008", near: true},
	ordersInTime:     {rule: "ADM-008", near: true},
	noCare:           {rule: "ADM-009", days: 9},
	noCareNear:       {rule: "ADM-009", near: true, days: 9},
	inert:            {rule: "ADM-010", days: 6},
	inertNear:        {rule: "ADM-010", near: true, days: 7},
	mismatch:         {rule: "IDN-001", faces: true},
	mismatchNear:     {rule: "IDN-001", near: true, faces: true},
	unchecked:        {rule: "IDN-002", faces: true},
	uncheckedNear:    {rule: "IDN-002", near: true, faces: true},
	leaveLate:        {rule: "IDN-002", near: true, faces: true},
	admissionLate:    {},
}
