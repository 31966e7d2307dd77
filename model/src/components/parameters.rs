//! Parameters that several component types share.

use super::{Parameter, Values};

/// Limits and losses that most plans leave alone.
pub(super) const DETAILS: &[&str] = &[
    "disk_kb_per_request",
    "burst_iops",
    "burst_credits",
    "memory_mb",
    "memory_mb_per_request",
    "max_connections",
    "contention",
    "coherency",
];

/// Mean time that one request keeps one server busy.
pub(super) const fn service_time_ms(default: f64) -> Parameter {
    Parameter {
        id: "service_time_ms",
        label: "Service time",
        values: Values::Number {
            unit: "ms",
            default,
            min: 0.0,
            max: 3_600_000.0,
        },
    }
}

/// Parallel servers of one instance.
pub(super) const fn servers(default: f64) -> Parameter {
    Parameter {
        id: "servers",
        label: "Servers per instance",
        values: Values::Number {
            unit: "",
            default,
            min: 1.0,
            max: 100_000.0,
        },
    }
}

/// Variability of the service time.
pub(super) const SCV: Parameter = Parameter {
    id: "scv",
    label: "Variability",
    values: Values::Number {
        unit: "",
        default: 1.0,
        min: 0.0,
        max: 1000.0,
    },
};

/// Who deals requests to instances.
pub(super) const BALANCING: Parameter = Parameter {
    id: "balancing",
    label: "Line",
    values: Values::Choice(&[
        ("separate", "One line per instance"),
        ("shared", "One shared line"),
    ]),
};

/// As [`BALANCING`], for types that take work from one line by nature.
pub(super) const SHARED_BALANCING: Parameter = Parameter {
    values: Values::Choice(&[
        ("shared", "One shared line"),
        ("separate", "One line per instance"),
    ]),
    ..BALANCING
};

/// Disk operations per request.
pub(super) const fn iops_per_request(default: f64) -> Parameter {
    Parameter {
        id: "iops_per_request",
        label: "Disk operations per request",
        values: Values::Number {
            unit: "",
            default,
            min: 0.0,
            max: 1_000_000.0,
        },
    }
}

/// Disk operations per second that one instance's disk carries.
pub(super) const fn iops(default: f64) -> Parameter {
    Parameter {
        id: "iops",
        label: "Disk speed",
        values: Values::Number {
            unit: "IOPS",
            default,
            min: 1.0,
            max: 100_000_000.0,
        },
    }
}

/// Amount of data kept.
pub(super) const fn data_gb(default: f64) -> Parameter {
    Parameter {
        id: "data_gb",
        label: "Data",
        values: Values::Number {
            unit: "GB",
            default,
            min: 0.0,
            max: 1_000_000_000.0,
        },
    }
}

/// Growth of the data kept.
pub(super) const DATA_GROWTH_PERCENT_MONTH: Parameter = Parameter {
    id: "data_growth_percent_month",
    label: "Data grows by",
    values: Values::Number {
        unit: "% a month",
        default: 0.0,
        min: 0.0,
        max: 1000.0,
    },
};

/// Hours between two backups.
pub(super) const BACKUP_INTERVAL_HOURS: Parameter = Parameter {
    id: "backup_interval_hours",
    label: "Backup every",
    values: Values::Number {
        unit: "h",
        default: 0.0,
        min: 0.0,
        max: 8766.0,
    },
};

/// Where the backups are kept, from what survives everything to what survives least.
pub(super) const BACKUP_LOCATION: Parameter = Parameter {
    id: "backup_location",
    label: "Backups kept",
    values: Values::Choice(&[
        ("elsewhere", "With another provider"),
        ("other_region", "In another region, same account"),
        ("same_region", "In another zone, same region"),
        ("same_zone", "In the same zone"),
        ("same_machine", "On the same machine"),
    ]),
};

/// Minutes between two pieces of the change log.
pub(super) const LOG_MINUTES: Parameter = Parameter {
    id: "log_minutes",
    label: "Change log every",
    values: Values::Number {
        unit: "min",
        default: 0.0,
        min: 0.0,
        max: 525_960.0,
    },
};

/// Megabytes per second that a restore reaches.
pub(super) const RESTORE_MB_S: Parameter = Parameter {
    id: "restore_mb_s",
    label: "Restore speed",
    values: Values::Number {
        unit: "MB/s",
        default: 100.0,
        min: 0.001,
        max: 1_000_000.0,
    },
};

/// How far a copy is behind.
pub(super) const REPLICA_LAG_SECONDS: Parameter = Parameter {
    id: "replica_lag_seconds",
    label: "Copies are behind by",
    values: Values::Number {
        unit: "s",
        default: 1.0,
        min: 0.0,
        max: 31_557_600.0,
    },
};

/// How old a job may get.
pub(super) const MAX_AGE_SECONDS: Parameter = Parameter {
    id: "max_age_seconds",
    label: "Oldest job",
    values: Values::Number {
        unit: "s",
        default: 0.0,
        min: 0.0,
        max: 31_557_600.0,
    },
};

/// Share of visits answered without asking further.
pub(super) const fn hit_ratio(default: f64) -> Parameter {
    Parameter {
        id: "hit_ratio",
        label: "Hit ratio",
        values: Values::Number {
            unit: "",
            default,
            min: 0.0,
            max: 1.0,
        },
    }
}

/// Work of one read.
pub(super) const fn read_ms(default: f64) -> Parameter {
    Parameter {
        id: "read_ms",
        label: "Time per read",
        values: Values::Number {
            unit: "ms",
            default,
            min: 0.0,
            max: 3_600_000.0,
        },
    }
}

/// Work of one write.
pub(super) const fn write_ms(default: f64) -> Parameter {
    Parameter {
        id: "write_ms",
        label: "Time per write",
        values: Values::Number {
            unit: "ms",
            default,
            min: 0.0,
            max: 3_600_000.0,
        },
    }
}

/// Disk operations of one read.
pub(super) const fn ios_per_read(default: f64) -> Parameter {
    Parameter {
        id: "ios_per_read",
        label: "Disk operations per read",
        values: Values::Number {
            unit: "",
            default,
            min: 0.0,
            max: 1_000_000.0,
        },
    }
}

/// Disk operations of one write.
pub(super) const fn ios_per_write(default: f64) -> Parameter {
    Parameter {
        id: "ios_per_write",
        label: "Disk operations per write",
        values: Values::Number {
            unit: "",
            default,
            min: 0.0,
            max: 1_000_000.0,
        },
    }
}

/// Seconds that resolvers remember an answer.
pub(super) const TTL_SECONDS: Parameter = Parameter {
    id: "ttl_seconds",
    label: "Time to live",
    values: Values::Number {
        unit: "s",
        default: 300.0,
        min: 0.0,
        max: 604_800.0,
    },
};

/// Kilobytes from and to the disk per request.
pub(super) const DISK_KB_PER_REQUEST: Parameter = Parameter {
    id: "disk_kb_per_request",
    label: "Disk traffic per request",
    values: Values::Number {
        unit: "kB",
        default: 0.0,
        min: 0.0,
        max: 1_000_000_000.0,
    },
};

/// Disk operations per second while there is credit.
pub(super) const BURST_IOPS: Parameter = Parameter {
    id: "burst_iops",
    label: "Disk speed for a while",
    values: Values::Number {
        unit: "IOPS",
        default: 0.0,
        min: 0.0,
        max: 100_000_000.0,
    },
};

/// Disk operations that can be saved up.
pub(super) const BURST_CREDITS: Parameter = Parameter {
    id: "burst_credits",
    label: "Disk credit",
    values: Values::Number {
        unit: "",
        default: 5_400_000.0,
        min: 0.0,
        max: 1e12,
    },
};

/// Memory of an instance without any request.
pub(super) const MEMORY_MB: Parameter = Parameter {
    id: "memory_mb",
    label: "Memory",
    values: Values::Number {
        unit: "MB",
        default: 0.0,
        min: 0.0,
        max: 1_000_000_000.0,
    },
};

/// Memory of each request that is present.
pub(super) const MEMORY_MB_PER_REQUEST: Parameter = Parameter {
    id: "memory_mb_per_request",
    label: "Memory per request",
    values: Values::Number {
        unit: "MB",
        default: 0.0,
        min: 0.0,
        max: 1_000_000_000.0,
    },
};

/// Connections that may be open at once.
pub(super) const MAX_CONNECTIONS: Parameter = Parameter {
    id: "max_connections",
    label: "Most connections",
    values: Values::Number {
        unit: "",
        default: 0.0,
        min: 0.0,
        max: 100_000_000.0,
    },
};

/// Share of the work that only one server at a time can do.
pub(super) const CONTENTION: Parameter = Parameter {
    id: "contention",
    label: "Contention",
    values: Values::Number {
        unit: "",
        default: 0.0,
        min: 0.0,
        max: 1.0,
    },
};

/// What every pair of servers loses to keep in step.
pub(super) const COHERENCY: Parameter = Parameter {
    id: "coherency",
    label: "Coherency",
    values: Values::Number {
        unit: "",
        default: 0.0,
        min: 0.0,
        max: 1.0,
    },
};

/// Workers of one instance.
pub(super) const POOL: Parameter = Parameter {
    id: "pool",
    label: "Workers per instance",
    values: Values::Number {
        unit: "",
        default: 0.0,
        min: 0.0,
        max: 10_000.0,
    },
};

/// Requests that one instance takes in.
pub(super) const ROOM: Parameter = Parameter {
    id: "room",
    label: "Room per instance",
    values: Values::Number {
        unit: "",
        default: 0.0,
        min: 0.0,
        max: 1_000_000.0,
    },
};

/// What each parameter means and what it changes; apart from them, because a page names them long before it explains
/// one.
pub(super) static EXPLANATIONS: &[(&str, &str)] = &[
    (
        "service_time_ms",
        "Mean time one request keeps one server busy, without waiting in line.",
    ),
    (
        "servers",
        "How many requests one instance works on at the same moment: its cores, unless your program uses fewer.",
    ),
    (
        "scv",
        "Squared coefficient of variation of the service time: 0 is always the same, 1 is exponential, more has long outliers.",
    ),
    (
        "balancing",
        "Whether each instance has a line of its own (a balancer that cannot see queues) or all share one.",
    ),
    (
        "iops_per_request",
        "Reads and writes that reach the disk for one request; what memory answers does not count.",
    ),
    (
        "iops",
        "Disk operations per second that one instance's disk carries.",
    ),
    (
        "data_gb",
        "How much data it keeps; it has to be paid for, backed up, and carried out when you leave.",
    ),
    (
        "data_growth_percent_month",
        "By how many percent the data grows every month, each month on what the last one left; it says when the disk is full.",
    ),
    (
        "backup_interval_hours",
        "Hours between two backups elsewhere: what you lose when the data is gone; 0 means there is no backup.",
    ),
    (
        "backup_location",
        "Where the backups are: they help only against a loss that does not take them too.",
    ),
    (
        "log_minutes",
        "Minutes between two pieces of the log of changes that are kept with the backups, so that any moment can be restored; 0 means there are only the backups.",
    ),
    (
        "restore_mb_s",
        "Megabytes per second that a restore reaches, from reading the backup to data that can be asked; the network of the offer may be slower. Measure it: the default is an editorial guess.",
    ),
    (
        "replica_lag_seconds",
        "How far a replica of the data is behind what was written last: so much is lost when it takes over. 0 means that a write waits for the copy.",
    ),
    (
        "max_age_seconds",
        "How long a job may wait until it is done; 0 means it may wait as long as it takes.",
    ),
    (
        "hit_ratio",
        "Share of its visits that it answers itself, from 0 to 1; the rest goes on to what it calls.",
    ),
    (
        "read_ms",
        "Processor time of one read; counts where a connection says how many reads a call makes.",
    ),
    (
        "write_ms",
        "Processor time of one write; counts where a connection says how many writes a call makes.",
    ),
    (
        "ios_per_read",
        "Disk operations of one read; counts where a connection says how many reads a call makes.",
    ),
    (
        "ios_per_write",
        "Disk operations of one write; counts where a connection says how many writes a call makes.",
    ),
    (
        "ttl_seconds",
        "How long resolvers remember an answer: a switch to another address takes at least this long.",
    ),
    (
        "disk_kb_per_request",
        "Kilobytes read from and written to the disk for one request; 0 leaves it out.",
    ),
    (
        "burst_iops",
        "Disk operations per second while there is credit, where that is more than the disk speed; 0 means there is no such credit.",
    ),
    (
        "burst_credits",
        "Disk operations that can be saved up; 5.4 million with Amazon EBS gp2.",
    ),
    (
        "memory_mb",
        "Memory that one instance takes when nobody asks anything: program, caches, buffers; 0 means you have not measured it.",
    ),
    (
        "memory_mb_per_request",
        "Memory that each request takes for as long as it is there.",
    ),
    (
        "max_connections",
        "How many connections may be open at once, the pools of all callers together; 0 means there is no limit.",
    ),
    (
        "contention",
        "Share of the work that only one server of an instance at a time can do: locks, a single writer.",
    ),
    (
        "coherency",
        "What every pair of servers of an instance loses to keep its data in step; above 0 there is a number of servers from which more make it slower.",
    ),
    (
        "pool",
        "Threads or processes of one instance; a request holds one until its answer is there, calls to others included. 0 means there is no limit.",
    ),
    (
        "room",
        "How many requests may be at one instance, waiting and being served; more are refused. 0 means there is no limit.",
    ),
];
