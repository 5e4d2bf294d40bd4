"""The course: one idea a lesson, one file a lesson, in the order of teaching."""

from collections.abc import Mapping

from course.lesson import LETTERS, ON_EXPLORE, Control, Lesson, Task, Way
from course.lessons.activations import ACTIVATIONS
from course.lessons.adagrad import ADAGRAD
from course.lessons.adam import ADAM
from course.lessons.batch_seconds import BATCH_SECONDS
from course.lessons.classification_losses import CLASSIFICATION_LOSSES
from course.lessons.convex import CONVEX
from course.lessons.critical_points import CRITICAL_POINTS
from course.lessons.decay import DECAY
from course.lessons.depth import DEPTH
from course.lessons.early_stopping import EARLY_STOPPING
from course.lessons.eigenvalues import EIGENVALUES
from course.lessons.first_steps import FIRST_STEPS
from course.lessons.flat_and_sharp import FLAT_AND_SHARP
from course.lessons.history import HISTORY
from course.lessons.learning_rate import LEARNING_RATE
from course.lessons.leaving_a_saddle import LEAVING_A_SADDLE
from course.lessons.loss_surface import LOSS_SURFACE
from course.lessons.many_dimensions import MANY_DIMENSIONS
from course.lessons.memory import MEMORY
from course.lessons.model_bias import MODEL_BIAS
from course.lessons.momentum import MOMENTUM
from course.lessons.noise import NOISE
from course.lessons.normalisation import NORMALISATION
from course.lessons.outlier import OUTLIER
from course.lessons.rmsprop import RMSPROP
from course.lessons.scaling import SCALING
from course.lessons.skip_connections import SKIP_CONNECTIONS
from course.lessons.softmax import SOFTMAX
from course.lessons.training_and_test import TRAINING_AND_TEST
from course.lessons.valley import VALLEY
from course.lessons.warm_up import WARM_UP
from course.lessons.which_optimizer import WHICH_OPTIMIZER
from course.seen import Seen, SeenPart, SeenRun

LESSONS: Mapping[str, Lesson] = {  # by their names in links
    "loss-surface": LOSS_SURFACE,
    "learning-rate": LEARNING_RATE,
    "critical-points": CRITICAL_POINTS,
    "eigenvalues": EIGENVALUES,
    "leaving-a-saddle": LEAVING_A_SADDLE,
    "convex": CONVEX,
    "batches-and-noise": NOISE,
    "batch-size": BATCH_SECONDS,
    "flat-and-sharp": FLAT_AND_SHARP,
    "training-and-test": TRAINING_AND_TEST,
    "over-fitting": EARLY_STOPPING,
    "valley": VALLEY,
    "momentum": MOMENTUM,
    "memory": MEMORY,
    "adagrad": ADAGRAD,
    "rmsprop": RMSPROP,
    "adam": ADAM,
    "history": HISTORY,
    "outlier": OUTLIER,
    "decay": DECAY,
    "warm-up": WARM_UP,
    "first-steps": FIRST_STEPS,
    "softmax": SOFTMAX,
    "classification-losses": CLASSIFICATION_LOSSES,
    "scaling": SCALING,
    "normalisation": NORMALISATION,
    "many-dimensions": MANY_DIMENSIONS,
    "activations": ACTIVATIONS,
    "skip-connections": SKIP_CONNECTIONS,
    "model-bias": MODEL_BIAS,
    "depth": DEPTH,
    "which-optimizer": WHICH_OPTIMIZER,
}

__all__ = ["LESSONS", "LETTERS", "ON_EXPLORE", "Control", "Lesson", "Seen", "SeenPart", "SeenRun", "Task", "Way"]
