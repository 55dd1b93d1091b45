// The database worker in a browser that has no private file system.
import '../../browser/withoutOpfs';
import '../../../workers/db/worker';
